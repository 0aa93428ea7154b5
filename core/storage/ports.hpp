// What Storage needs stored.
#pragma once

#include "core/storage/model.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace azid::storage {

class Store {
  public:
    virtual ~Store() = default;

    // Takes an account's name, unique in all of Azure. False when it is taken already.
    virtual bool claim_account(std::string_view name, std::string_view resource_id) = 0;
    // The ARM id of the account of that name; empty when there is none.
    virtual std::optional<std::string> find_account(std::string_view name) = 0;
    // The account's containers and blobs go with it.
    virtual void erase_account(std::string_view name) = 0;

    // By name; empty for an account whose keys were never asked for.
    virtual std::vector<AccountKey> account_keys(std::string_view account) = 0;
    virtual void save(const AccountKey& key) = 0;

    virtual std::vector<Container> containers(std::string_view account) = 0;
    virtual std::optional<Container> find_container(std::string_view account, std::string_view name) = 0;
    virtual void save(const Container& container) = 0;
    virtual void erase_container(std::string_view account, std::string_view name) = 0;

    virtual std::vector<Blob> blobs(std::string_view account, std::string_view container) = 0;
    virtual std::optional<Blob> find_blob(std::string_view account, std::string_view container,
                                          std::string_view name) = 0;
    virtual void save(const Blob& blob) = 0;
    virtual void erase_blob(std::string_view account, std::string_view container, std::string_view name) = 0;
};

}  // namespace azid::storage
