#include "core/imds/selection.hpp"

#include <doctest/doctest.h>

using namespace azid::imds;

namespace {

const HostIdentity own{"p0", "c0", "", true};
const HostIdentity first{"p1", "c1", "/subscriptions/s/resourceGroups/rg/providers/X/y/one", false};
const HostIdentity second{"p2", "c2", "/subscriptions/s/resourceGroups/rg/providers/X/y/two", false};

std::string chosen(const std::vector<HostIdentity>& identities, const Selector& selector) {
    const Selection selection = select_identity(identities, selector);
    if (selection.kind == Selected::not_found) return "not found";
    if (selection.kind == Selected::ambiguous) return "ambiguous";
    return selection.identity->principal_id;
}

}  // namespace

TEST_CASE("without a selector the machine's own identity wins over any number of others") {
    CHECK(chosen({own}, {}) == "p0");
    CHECK(chosen({first, own, second}, {}) == "p0");
}

TEST_CASE("without a selector one user-assigned identity is taken, of several none") {
    CHECK(chosen({first}, {}) == "p1");
    CHECK(chosen({first, second}, {}) == "ambiguous");
    CHECK(chosen({}, {}) == "not found");
}

TEST_CASE("a selector names an identity of the machine in any case of letters") {
    CHECK(chosen({own, first, second}, {.client_id = "C2", .object_id = {}, .resource_id = {}}) == "p2");
    CHECK(chosen({own, first, second}, {.client_id = {}, .object_id = "P1", .resource_id = {}}) == "p1");
    CHECK(chosen({own, first, second},
                 {.client_id = {},
                  .object_id = {},
                  .resource_id = "/SUBSCRIPTIONS/s/resourcegroups/RG/providers/x/Y/One"}) == "p1");
    CHECK(chosen({own}, {.client_id = "c0", .object_id = {}, .resource_id = {}}) == "p0");
    CHECK(chosen({own}, {.client_id = "c1", .object_id = {}, .resource_id = {}}) == "not found");
}
