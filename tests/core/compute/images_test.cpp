#include "core/compute/images.hpp"

#include "core/compute/sizes.hpp"
#include "core/compute/ssh_key.hpp"
#include "core/crypto/key.hpp"
#include "core/crypto/rsa_key.hpp"

#include <doctest/doctest.h>

namespace azid::compute {

TEST_CASE("az's short names are found whatever the case, and those it gave up are not") {
    REQUIRE(find_alias("win2016datacenter") != nullptr);
    CHECK(find_alias("win2016datacenter")->os_type == "Windows");
    CHECK(image_aliases().size() == 13);
    for (const char* gone : {"UbuntuLTS", "Debian", "CentOS"}) CHECK(find_alias(gone) == nullptr);
    for (const Alias& alias : image_aliases()) {
        const auto image = find_image(
            {std::string(alias.publisher), std::string(alias.offer), std::string(alias.sku), "latest"});
        REQUIRE(image);
        CHECK(image->os_type == alias.os_type);
    }
}

TEST_CASE("a URN has four parts") {
    CHECK(parse_urn("Debian:debian-10:10:latest")->urn() == "Debian:debian-10:10:latest");
    for (const char* wrong : {"Debian", "a:b:c", "a:b:c:d:e", "a::c:d", ""}) CHECK_FALSE(parse_urn(wrong));
}

TEST_CASE("what an image tells about itself") {
    const auto jammy = find_image({"canonical", "0001-com-ubuntu-server-jammy", "22_04-lts-gen2", "latest"});
    REQUIRE(jammy);
    CHECK(jammy->generation == "V2");
    CHECK(jammy->trusted_launch);
    CHECK(jammy->os_version == "22.04");
    const auto old = find_image({"Debian", "debian-10", "10", "0.20240430.1733"});
    CHECK(old->generation == "V1");
    CHECK(old->exact_version == "0.20240430.1733");
    CHECK_FALSE(find_image({"nobody", "a", "b", "latest"}));
}

TEST_CASE("sizes are found whatever the case") {
    REQUIRE(find_size("standard_ds1_V2") != nullptr);
    CHECK(find_size("standard_ds1_V2")->cores == 1);
    CHECK(find_size("Standard_Huge") == nullptr);
}

TEST_CASE("an SSH public key names its kind twice") {
    const auto key = crypto::PrivateKey::from_pem(crypto::new_rsa_key_pem());
    const std::string text = ssh_public_key(key->public_key());
    CHECK(text.starts_with("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ"));
    CHECK(is_ssh_public_key(text + " me@here"));
    CHECK_FALSE(is_ssh_public_key("ssh-rsa nonsense"));
    CHECK_FALSE(is_ssh_public_key("/home/me/.ssh/id_rsa.pub"));
}

}  // namespace azid::compute
