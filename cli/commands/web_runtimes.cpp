#include "cli/commands/web_runtimes.hpp"

#include "core/base/text.hpp"

#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

// "framework:version", and what App Service calls it there.
struct Runtime {
    std::string_view name;
    std::string_view member;
    std::string_view value;
};

constexpr Runtime linux_runtimes[] = {
    {"dotnetcore:10.0", "linuxFxVersion", "DOTNETCORE|10.0"},
    {"dotnetcore:9.0", "linuxFxVersion", "DOTNETCORE|9.0"},
    {"dotnetcore:8.0", "linuxFxVersion", "DOTNETCORE|8.0"},
    {"node:22-lts", "linuxFxVersion", "NODE|22-lts"},
    {"node:20-lts", "linuxFxVersion", "NODE|20-lts"},
    {"node:18-lts", "linuxFxVersion", "NODE|18-lts"},
    {"python:3.13", "linuxFxVersion", "PYTHON|3.13"},
    {"python:3.12", "linuxFxVersion", "PYTHON|3.12"},
    {"python:3.11", "linuxFxVersion", "PYTHON|3.11"},
    {"python:3.10", "linuxFxVersion", "PYTHON|3.10"},
    {"python:3.9", "linuxFxVersion", "PYTHON|3.9"},
    {"php:8.4", "linuxFxVersion", "PHP|8.4"},
    {"php:8.3", "linuxFxVersion", "PHP|8.3"},
    {"php:8.2", "linuxFxVersion", "PHP|8.2"},
    {"php:8.1", "linuxFxVersion", "PHP|8.1"},
    {"java:21-java21", "linuxFxVersion", "JAVA|21-java21"},
    {"java:17-java17", "linuxFxVersion", "JAVA|17-java17"},
    {"java:11-java11", "linuxFxVersion", "JAVA|11-java11"},
    {"java:8-jre8", "linuxFxVersion", "JAVA|8-jre8"},
    {"jbosseap:8-java17", "linuxFxVersion", "JBOSSEAP|8-java17"},
    {"jbosseap:7-java17", "linuxFxVersion", "JBOSSEAP|7-java17"},
    {"jbosseap:7-java11", "linuxFxVersion", "JBOSSEAP|7-java11"},
    {"jbosseap:7-java8", "linuxFxVersion", "JBOSSEAP|7-java8"},
    {"tomcat:11.0-java21", "linuxFxVersion", "TOMCAT|11.0-java21"},
    {"tomcat:11.0-java17", "linuxFxVersion", "TOMCAT|11.0-java17"},
    {"tomcat:10.1-java21", "linuxFxVersion", "TOMCAT|10.1-java21"},
    {"tomcat:10.1-java17", "linuxFxVersion", "TOMCAT|10.1-java17"},
    {"tomcat:10.1-java11", "linuxFxVersion", "TOMCAT|10.1-java11"},
    {"tomcat:9.0-java21", "linuxFxVersion", "TOMCAT|9.0-java21"},
    {"tomcat:9.0-java17", "linuxFxVersion", "TOMCAT|9.0-java17"},
    {"tomcat:9.0-java11", "linuxFxVersion", "TOMCAT|9.0-java11"},
    {"tomcat:9.0-jre8", "linuxFxVersion", "TOMCAT|9.0-jre8"},
};

constexpr Runtime windows_runtimes[] = {
    {"dotnet:10", "netFrameworkVersion", "v10.0"},  {"dotnet:9", "netFrameworkVersion", "v9.0"},
    {"dotnet:8", "netFrameworkVersion", "v8.0"},    {"aspnet:v4.8", "netFrameworkVersion", "v4.0"},
    {"aspnet:v3.5", "netFrameworkVersion", "v2.0"}, {"node:22lts", "nodeVersion", "~22"},
    {"node:20lts", "nodeVersion", "~20"},           {"node:18lts", "nodeVersion", "~18"},
    {"java:21:java se:21", "javaVersion", "21"},    {"java:17:java se:17", "javaVersion", "17"},
    {"java:11:java se:11", "javaVersion", "11"},    {"java:1.8:java se:8", "javaVersion", "1.8"},
};

// A function app's stack; the first version is the default.
struct FunctionRuntime {
    std::string_view name;
    std::string_view versions;
    std::string_view fx;  // of linuxFxVersion
    bool linux;
    bool windows;
};
constexpr FunctionRuntime function_stacks[] = {
    {"dotnet-isolated", "8 10 9 4.8", "DOTNET-ISOLATED", true, true},
    {"dotnet", "8", "DOTNET", true, true},
    {"node", "22 20 18", "Node", true, true},
    {"python", "3.12 3.13 3.11 3.10 3.9", "Python", true, false},
    {"java", "21.0 17.0 11.0 8.0", "Java", true, true},
    {"powershell", "7.4", "PowerShell", true, true},
    {"custom", "1.0", "", true, true},
};

const FunctionRuntime* stack_named(std::string_view runtime, bool linux) {
    for (const FunctionRuntime& stack : function_stacks)
        if (iequals(stack.name, runtime) && (linux ? stack.linux : stack.windows)) return &stack;
    return nullptr;
}

// "17" and "17.0" are the same version.
bool same_version(std::string_view left, std::string_view right) {
    const auto bare = [](std::string_view version) {
        return version.ends_with(".0") ? version.substr(0, version.size() - 2) : version;
    };
    return bare(left) == bare(right);
}

template <std::size_t Count>
Json chosen(const Runtime (&runtimes)[Count], std::string_view asked) {
    const std::string wanted = replace_all(lower(asked), "|", ":");
    for (const Runtime& runtime : runtimes)
        if (runtime.name == wanted) return {{std::string(runtime.member), runtime.value}};
    return nullptr;
}

}  // namespace

Json web_runtime(std::string_view runtime, bool linux) {
    return linux ? chosen(linux_runtimes, runtime) : chosen(windows_runtimes, runtime);
}

Json function_runtime(std::string_view runtime, std::string_view version, bool linux) {
    const FunctionRuntime* stack = stack_named(runtime, linux);
    if (stack == nullptr) return nullptr;
    for (const std::string& known : split(stack->versions, ' ')) {
        if (!version.empty() && !same_version(version, known)) continue;
        Json config = Json::object();
        if (linux && !stack->fx.empty()) config["linuxFxVersion"] = std::string(stack->fx) + "|" + known;
        if (!linux)
            config["netFrameworkVersion"] = stack->name.starts_with("dotnet") ? "v" + known + ".0" : "v8.0";
        return {{"siteConfig", config}, {"worker", stack->name}, {"version", known}};
    }
    return nullptr;
}

std::string function_runtime_versions(std::string_view runtime, bool linux) {
    const FunctionRuntime* stack = stack_named(runtime, linux);
    return stack == nullptr ? std::string() : std::string(stack->versions);
}

std::string function_runtimes(bool linux) {
    std::vector<std::string> names;
    for (const FunctionRuntime& stack : function_stacks)
        if (linux ? stack.linux : stack.windows) names.emplace_back(stack.name);
    return join(names, " ");
}

}  // namespace azid::commands
