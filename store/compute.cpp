#include "core/compute/ports.hpp"

#include "store/database.hpp"
#include "store/query.hpp"
#include "store/stores.hpp"

namespace azid::store {

namespace {

using compute::VirtualMachine;

class ComputeStore : public compute::Store {
  public:
    explicit ComputeStore(Database& database) : database_(database) {}

    std::optional<VirtualMachine> find_virtual_machine(std::string_view resource_id) override {
        return database_.known("virtual machine", {resource_id}, [&]() -> std::optional<VirtualMachine> {
            Query query(database_, R"(SELECT resource_id, vm_id, power_state, size, os_type, image,
                computer_name, admin_username, created, generalized FROM virtual_machines WHERE resource_id = ?)");
            query.bind(resource_id);
            if (!query.next()) return {};
            VirtualMachine machine;
            query.into(machine.resource_id, machine.vm_id, machine.power_state, machine.size, machine.os_type,
                       machine.image, machine.computer_name, machine.admin_username, machine.created,
                       machine.generalized);
            return machine;
        });
    }

    void save(const VirtualMachine& machine) override {
        Query(database_,
              R"(INSERT INTO virtual_machines (resource_id, vm_id, power_state, size, os_type, image,
            computer_name, admin_username, created, generalized) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (resource_id) DO UPDATE SET vm_id = excluded.vm_id, power_state = excluded.power_state,
            size = excluded.size, os_type = excluded.os_type, image = excluded.image,
            computer_name = excluded.computer_name, admin_username = excluded.admin_username,
            created = excluded.created, generalized = excluded.generalized)")
            .bind(machine.resource_id, machine.vm_id, machine.power_state, OrNull{machine.size},
                  OrNull{machine.os_type}, OrNull{machine.image}, OrNull{machine.computer_name},
                  OrNull{machine.admin_username}, machine.created, machine.generalized)
            .run();
    }

  private:
    Database& database_;
};

}  // namespace

std::unique_ptr<compute::Store> compute_store(Database& database) {
    return std::make_unique<ComputeStore>(database);
}

}  // namespace azid::store
