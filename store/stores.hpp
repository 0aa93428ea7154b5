// The stores of all systems, on one connection. The connection must outlive them.
#pragma once

#include <memory>

namespace azid {
namespace arm {
class Store;
}
namespace entra {
class RegistrationStore;
class Store;
}  // namespace entra
namespace msi {
class Store;
}
namespace rbac {
class Store;
}
namespace compute {
class Store;
}
namespace imds {
class Store;
}
namespace keyvault {
class Store;
}
namespace storage {
class Store;
}
namespace account {
class Store;
}
namespace events {
class Store;
}
}  // namespace azid

namespace azid::store {

class Database;

std::unique_ptr<arm::Store> arm_store(Database& database);
std::unique_ptr<entra::Store> entra_store(Database& database);
std::unique_ptr<entra::RegistrationStore> registration_store(Database& database);
std::unique_ptr<msi::Store> msi_store(Database& database);
std::unique_ptr<rbac::Store> rbac_store(Database& database);
std::unique_ptr<compute::Store> compute_store(Database& database);
std::unique_ptr<imds::Store> imds_store(Database& database);
std::unique_ptr<keyvault::Store> keyvault_store(Database& database);
std::unique_ptr<storage::Store> storage_store(Database& database);
std::unique_ptr<account::Store> account_store(Database& database);
std::unique_ptr<events::Store> events_store(Database& database);

}  // namespace azid::store
