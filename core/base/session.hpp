// One command or request: one transaction, one instant, one caller. Handed to every service.
#pragma once

#include "core/base/time.hpp"

#include <string>
#include <vector>

namespace azid {

class Random;
class KeyPool;
namespace arm {
class Store;
}
namespace entra {
class Store;
}
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

// Who asks. From a signed-in account the groups are the directory's; from a token they are the token's.
struct Caller {
    std::string object_id;  // empty: nobody is signed in
    std::string tenant_id;
    std::string name;  // UPN of a user, appId of a service principal: the 'client' of Azure's refusals
    std::string app_id;
    bool is_user = true;
    std::vector<std::string> groups;        // transitive
    std::vector<std::string> token_roles;   // app roles in the token
    std::string managed_identity_resource;  // xms_mirid of the token; empty otherwise
};

struct Session {
    Caller caller;
    Instant now;
    Random& random;
    KeyPool& keys;
    arm::Store& arm;
    entra::Store& entra;
    msi::Store& msi;
    rbac::Store& rbac;
    compute::Store& compute;
    imds::Store& imds;
    keyvault::Store& keyvault;
    storage::Store& storage;
    account::Store& account;
    events::Store& events;

    // Notes a step that one of the systems took, caused by the caller.
    void note(std::string system, std::string what, std::string subject, std::string details = {});
};

}  // namespace azid
