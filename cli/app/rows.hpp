// A list on its way to stdout item by item, for results too long to be held in memory. Only JSON without a
// query can be printed so: everything else needs the whole list first.
#pragma once

#include "core/base/json.hpp"

#include <cstddef>
#include <functional>
#include <string>

namespace azid::app {

struct Context;
struct Environment;
class Args;

// Tells the command that it may print its list so.
void allow_rows(Args& args);

class Rows {
  public:
    // Whether the command may print its list so. If it does, its result is Rows::end().
    static bool allowed(const Context& context);

    explicit Rows(const Context& context);

    // Prints the item that is appended to the text (by render::TextRow).
    void add(const std::function<void(std::string&)>& append);
    // Ends the list. What it gives tells that there is nothing left to print.
    Json end();

  private:
    void flush_if(std::size_t size);

    const Environment& environment_;
    std::string text_;
    bool is_empty_ = true;
};

// Whether a command's result says that its list has been printed.
bool is_printed(const Json& result);

}  // namespace azid::app
