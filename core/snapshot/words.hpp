// What the rows of a state are in Azure's words, and which of their values nobody should see in passing.
#pragma once

#include "core/snapshot/model.hpp"

#include <string>
#include <string_view>

namespace azid::snapshot {

// What a row stands for. Rows of several tables may be parts of one thing.
struct Thing {
    std::string type;  // "Microsoft.Compute/virtualMachines", "servicePrincipal"
    std::string id;    // a resource id, an object id
    std::string name;  // what people call it; empty when that is its id
};

// Of a table nobody has named, the type is the table's name and the id its primary key.
Thing thing_of(const Table& table, const Row& row);

// What happened, and how much was drawn, is no part of what there is.
bool is_history(std::string_view table);
// Whether the column's values are secret: keys, hashes, tokens, contents.
bool is_secret(std::string_view table, std::string_view column);
// Whether a member of a JSON document goes by a name under which secrets are kept.
bool is_secret_member(std::string_view name);
// Whether the column's texts are JSON documents.
bool is_document(std::string_view column);
// Whether the column's texts are dates.
bool is_date(std::string_view column);
// "resource_group" as "resourceGroup".
std::string member_name(std::string_view column);

}  // namespace azid::snapshot
