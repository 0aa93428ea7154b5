#include "cli/app/rows.hpp"

#include "cli/app/context.hpp"
#include "cli/app/environment.hpp"
#include "cli/app/output.hpp"
#include "cli/render/rows.hpp"

#include <nlohmann/json.hpp>

namespace azid::app {

namespace {

constexpr std::string_view key = "_rows";
constexpr std::size_t full = 64 * 1024;

}  // namespace

void allow_rows(Args& args) { args.set(key, {}); }

bool Rows::allowed(const Context& context) { return context.args.given(key); }

Rows::Rows(const Context& context) : environment_(context.environment) { text_.reserve(full + full / 4); }

void Rows::add(const std::function<void(std::string&)>& append) {
    text_ += render::before_row(is_empty_);
    is_empty_ = false;
    append(text_);
    flush_if(full);
}

Json Rows::end() {
    text_ += render::after_rows(is_empty_);
    flush_if(0);
    return Json(Json::value_t::discarded);
}

// Whoever closes the pipe has read enough: that ends the command as if it had printed everything.
void Rows::flush_if(std::size_t size) {
    if (text_.size() < size) return;
    if (!environment_.write_out(text_)) throw AlreadyTold{0};
    text_.clear();
}

bool is_printed(const Json& result) { return result.is_discarded(); }

}  // namespace azid::app
