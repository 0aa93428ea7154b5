// What Compute needs stored.
#pragma once

#include "core/compute/model.hpp"

#include <optional>
#include <string_view>

namespace azid::compute {

class Store {
  public:
    virtual ~Store() = default;

    virtual std::optional<VirtualMachine> find_virtual_machine(std::string_view resource_id) = 0;
    // The ARM resource must have been saved before. It goes when the resource goes.
    virtual void save(const VirtualMachine& machine) = 0;
};

}  // namespace azid::compute
