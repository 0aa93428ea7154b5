#include "cli/app/environment.hpp"
#include "cli/commands/vm_create_plan.hpp"
#include "core/account/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/keys.hpp"
#include "core/base/text.hpp"
#include "core/compute/ssh_key.hpp"
#include "core/crypto/key.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace azid::commands {

namespace {

constexpr std::string_view default_username = "azureuser";
constexpr std::string_view disallowed[] = {
    "administrator",    "admin",   "user",  "user1", "test",    "user2",  "test1",  "user3",
    "admin1",           "1",       "123",   "a",     "actuser", "adm",    "admin2", "aspnet",
    "backup",           "console", "guest", "owner", "root",    "server", "sql",    "support",
    "support_388945a0", "sys",     "test2", "test3", "user4",   "user5"};

bool is_disallowed(const std::string& name) {
    return std::any_of(std::begin(disallowed), std::end(disallowed),
                       [&](std::string_view word) { return iequals(word, name); });
}

// Who runs the command, unless Azure takes no such user.
std::string own_username(app::Context& context) {
    std::string name;
    for (const char* variable : {"LOGNAME", "USER", "LNAME", "USERNAME"}) {
        name = context.environment.variable(variable).value_or("");
        if (!name.empty()) break;
    }
    if (name.empty() && context.environment.login_name) name = context.environment.login_name();
    if (!name.empty() && !is_disallowed(name)) return name;
    if (name.empty()) name = "None";
    context.messages.warn(
        fmt::format("Default username {} is a reserved username. Use {} instead.", name, default_username));
    return std::string(default_username);
}

void check_username(const std::string& name, bool linux_machine) {
    if (name.empty()) throw Error(fault::client, "admin user name can not be empty");
    const bool capital =
        std::any_of(name.begin(), name.end(), [](unsigned char c) { return std::isupper(c) != 0; });
    const std::string_view forbidden = linux_machine ? "\\/\"[]:|<>+=;,?*@#()!" : "\\/\"[]:|<>+=;,?*@";
    const bool wrong =
        name.find_first_of(forbidden) != std::string::npos ||
        (linux_machine ? capital || name.front() == '$' || name.front() == '-' : name.back() == '.');
    if (wrong)
        throw Error(fault::client,
                    linux_machine
                        ? "admin user name cannot contain upper case character A-Z, special characters "
                          "\\/\"[]:|<>+=;,?*@#()! or start with $ or -"
                        : "admin user name cannot contain special characters \\/\"[]:|<>+=;,?*@# or ends "
                          "with .");
    if (is_disallowed(name))
        throw Error(fault::client,
                    fmt::format("This user name '{}' meets the general requirements, but is specifically "
                                "disallowed for this image. Please try a different value.",
                                name));
}

void check_password(const std::string& password, bool linux_machine) {
    const std::size_t longest = linux_machine ? 72 : 123;
    const auto has = [&](auto kind) { return std::any_of(password.begin(), password.end(), kind); };
    const std::string_view special = " `~!@#$%^&*()=+_[]{}\\|;:./'\",<>?";
    const int kinds = int{has([](unsigned char c) { return std::islower(c) != 0; })} +
                      int{has([](unsigned char c) { return std::isupper(c) != 0; })} +
                      int{has([](unsigned char c) { return std::isdigit(c) != 0; })} +
                      int{has([&](char c) { return special.find(c) != std::string_view::npos; })};
    if (password.size() >= 12 && password.size() <= longest && kinds >= 3) return;
    throw Error(fault::client,
                fmt::format("The password length must be between 12 and {}. Password must have the 3 of the "
                            "following: 1 lower case character, 1 upper case character, 1 number and 1 "
                            "special character.",
                            longest));
}

// The key that --generate-ssh-keys gives: made once for a state and kept there, its public half only; nothing
// in ~/.ssh is read or written, so that practising leaves the user's own keys alone.
std::string generated_key(app::Context& context) {
    Session& session = context.session();
    if (context.args.text("ssh_key_type") == "Ed25519")
        throw Error(fault::not_modelled, "azid makes RSA keys only: leave --ssh-key-type out.");
    const std::optional<std::string> kept = session.account.setting("azid", "ssh_public_key");
    if (kept) return *kept;
    const std::optional<crypto::PrivateKey> made = crypto::PrivateKey::from_pem(session.keys.take());
    const std::string text = compute::ssh_public_key(made->public_key());
    session.account.save_setting("azid", "ssh_public_key", text);
    return text;
}

std::vector<std::string> ssh_keys(app::Context& context) {
    const app::Args& args = context.args;
    std::vector<std::string> keys;
    for (const std::string& given : args.list("ssh_key_value")) {
        const std::optional<std::string> file =
            compute::is_ssh_public_key(given) ? std::nullopt : context.environment.read_file(given);
        const std::string text = file ? std::string(trim(*file)) : given;
        if (compute::is_ssh_public_key(text))
            keys.push_back(text);
        else if (args.flag("generate_ssh_keys"))
            keys.push_back(generated_key(context));
        else
            throw Error(fault::client,
                        "An RSA key file or key value must be supplied to SSH Key Value. You can use "
                        "--generate-ssh-keys to let CLI generate one for you");
    }
    if (!keys.empty()) return keys;
    if (args.flag("generate_ssh_keys")) return {generated_key(context)};
    throw Error(fault::client,
                "An RSA key file or key value must be supplied to SSH Key Value. You can use "
                "--generate-ssh-keys to let CLI generate one for you");
}

std::string authentication_of(const app::Args& args, bool linux_machine) {
    if (args.given("authentication_type")) return args.text("authentication_type");
    if (args.given("ssh_key_value") && args.given("admin_password")) return "all";
    return !linux_machine || args.given("admin_password") ? "password" : "ssh";
}

void require_password(const VmPlan& plan, bool linux_machine) {
    if (plan.admin_password.empty())
        throw Error(fault::client, "Please specify password in non-interactive mode.");
    check_password(plan.admin_password, linux_machine);
}

}  // namespace

void plan_authentication(app::Context& context, VmPlan& plan) {
    const app::Args& args = context.args;
    if (!plan.image) return;  // a disk that has an owner brings its users with it
    if (plan.os_type.empty())
        throw Error(fault::client, "Unable to resolve OS type. Specify '--os-type' argument.");
    const bool linux_machine = plan.os_type == "Linux";
    plan.admin_username = args.given("admin_username") ? args.text("admin_username") : own_username(context);
    check_username(plan.admin_username, linux_machine);
    plan.admin_password = args.text("admin_password");
    plan.authentication = authentication_of(args, linux_machine);
    if (plan.authentication == "password") {
        if (args.given("ssh_key_value") || args.given("ssh_dest_key_path"))
            throw Error(fault::client, "SSH key cannot be used with password authentication type.");
        require_password(plan, linux_machine);
        return;
    }
    if (!linux_machine)
        throw Error(fault::client, plan.authentication == "ssh"
                                       ? "SSH not supported for Windows VMs."
                                       : "SSH not supported for Windows VMs. Use password authentication.");
    if (plan.authentication == "ssh" && !plan.admin_password.empty())
        throw Error(fault::client, "Admin password cannot be used with SSH authentication type.");
    if (plan.authentication == "all") require_password(plan, linux_machine);
    plan.ssh_keys = ssh_keys(context);
}

}  // namespace azid::commands
