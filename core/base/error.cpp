#include "core/base/error.hpp"

#include <fmt/format.h>

#include <utility>

namespace azid {

Error& Error::with_target(std::string target) {
    target_ = std::move(target);
    return *this;
}

Error& Error::with_inner_code(std::string code) {
    inner_code_ = std::move(code);
    return *this;
}

Error& Error::with_details(std::vector<ErrorDetail> details) {
    details_ = std::move(details);
    return *this;
}

Error& Error::with_hint(std::string lines) {
    hint_ = std::move(lines);
    return *this;
}

Error& Error::with_additional_info(std::string json) {
    additional_info_ = std::move(json);
    return *this;
}

std::string terminal_text(const Error& error) {
    const Surface surface = error.fault().surface;
    if (surface != Surface::arm && surface != Surface::keyvault && surface != Surface::storage)
        return error.message();
    std::string text = fmt::format("({0}) {1}\nCode: {0}\nMessage: {1}", error.fault().code, error.message());
    if (!error.target().empty()) text += fmt::format("\nTarget: {}", error.target());
    if (!error.details().empty()) text += "\nException Details:";
    for (const ErrorDetail& detail : error.details()) {
        text += fmt::format("\t({0}) {1}\n\tCode: {0}\n\tMessage: {1}", detail.code, detail.message);
        if (!detail.target.empty()) text += fmt::format("\n\tTarget: {}", detail.target);
    }
    if (!error.inner_code().empty())
        text += fmt::format("\nInner error: {{\n    \"code\": \"{}\"\n}}", error.inner_code());
    return text;
}

}  // namespace azid
