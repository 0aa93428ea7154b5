// A state with one of everything in it, on which every execution begins anew: nothing is ever committed after
// it has been made.
#pragma once

#include "core/arm/resource_id.hpp"
#include "core/base/json.hpp"
#include "core/base/keys.hpp"
#include "core/base/random.hpp"
#include "core/base/session.hpp"
#include "core/base/state.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;

namespace azid::test {
class WireWorld;
}

namespace azid::fuzz {

// The same in every execution, and never what the world's own dice gave.
class Dice : public Random {
  public:
    std::string bytes(std::size_t count) override;

  private:
    unsigned next_ = 0;
};

class Box {
  public:
    // The only one of this process, made when first asked for.
    static Box& only();

    ~Box();
    Box(const Box&) = delete;
    Box& operator=(const Box&) = delete;

    // Runs the work as that caller, again with a key more when one is wanted, and rolls everything back. With
    // `reading`, a transaction that may not write. Throws what the work throws.
    void try_out(const Caller& caller, const std::function<void(Session&)>& work, bool reading = false);

    // The text with "{sub}", "{tenant}", "{admin-id}", "{app}" (an application's id), "{one}" (a
    // user-assigned identity's client id), "{site}" and the like in place: what an input cannot know.
    // "{token}" is the administrator's token for that resource, "{weak}" one of an identity without any role,
    // "{assertion}" a good one of the application's.
    std::string filled_in(std::string_view text, const std::string& resource);

    const Caller& admin() const;
    const arm::ResourceId& machine() const { return machine_; }
    const arm::ResourceId& site() const { return site_; }
    const std::string& application_key() const { return application_key_; }
    const std::string& value(const std::string& marker) { return values_[marker]; }
    // What every session's machine clock shows.
    Instant now() const;
    State& state();
    // The state's own, to look at what becomes of it.
    sqlite3* connection() const { return connection_; }
    // An RSA key that is there when one is wanted.
    static const std::string& ready_key();

  private:
    Box();
    void make_machine();
    void make_resources();
    void make_application();
    std::string token(const Caller& caller, const std::string& resource);

    std::unique_ptr<test::WireWorld> world_;
    sqlite3* connection_ = nullptr;
    arm::ResourceId machine_;
    arm::ResourceId site_;
    std::string application_key_;
    Caller weak_;
    std::map<std::string, std::string> values_;
    std::map<std::string, std::string> tokens_;
};

// The JSON object that the text is; an empty one when it is none.
Json object_or_nothing(std::string_view text);

}  // namespace azid::fuzz
