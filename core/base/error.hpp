// The exception that ends a command or a request. What a caller will branch on is returned, not thrown.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace azid {

// Whose form of error body and message it is.
enum class Surface { client, usage, arm, graph, entra, imds, keyvault, storage };

// One kind of failure: Azure's code, the HTTP status it travels with, the exit code of the command.
// All of them stand in core/base/fault.hpp; nobody else writes these numbers.
struct Fault {
    std::string_view code;
    int http_status;
    int exit_code;
    Surface surface = Surface::arm;
};

struct ErrorDetail {
    std::string code;
    std::string message;
    std::string target;
};

class Error : public std::exception {
  public:
    Error(const Fault& fault, std::string message) : fault_(fault), message_(std::move(message)) {}

    const Fault& fault() const { return fault_; }
    const std::string& message() const { return message_; }
    const char* what() const noexcept override { return message_.c_str(); }

    // "target" of ARM's error body; Key Vault's innererror code; lines printed after the message without
    // prefix.
    Error& with_target(std::string target);
    Error& with_inner_code(std::string code);
    Error& with_details(std::vector<ErrorDetail> details);
    Error& with_hint(std::string lines);
    // "additionalInfo" of ARM's error body: the text of a JSON array.
    Error& with_additional_info(std::string json);

    const std::string& target() const { return target_; }
    const std::string& inner_code() const { return inner_code_; }
    const std::vector<ErrorDetail>& details() const { return details_; }
    const std::string& hint() const { return hint_; }
    const std::string& additional_info() const { return additional_info_; }

  private:
    Fault fault_;
    std::string message_;
    std::string target_;
    std::string inner_code_;
    std::vector<ErrorDetail> details_;
    std::string hint_;
    std::string additional_info_;
};

// az's text of the error for the terminal, without the "ERROR: " prefix: the message alone for errors that az
// makes itself and for Graph's; "(Code) Message\nCode: Code\nMessage: Message" for those of a service.
std::string terminal_text(const Error& error);

}  // namespace azid
