// Scripts in machines ("az vm run-command invoke"), for clients of a server.
#include "cli/server/served_state.hpp"

#include "cli/server/guest_helper.hpp"
#include "cli/server/request_notes.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/front_door/arm_face.hpp"

#include <nlohmann/json.hpp>

namespace azid::server {

namespace {

// Values of parameters are the script's arguments in order, those with a name also variables.
GuestScript script_of(const Json& asked) {
    GuestScript script;
    if (const Json* lines = find(asked, "script"); lines != nullptr && lines->is_array())
        for (const Json& line : *lines)
            if (line.is_string()) script.text += line.get<std::string>() + "\n";
    if (iequals(text_at(asked, "commandId"), "ifconfig")) script.text = "ip address";
    if (const Json* given = find(asked, "parameters"); given != nullptr && given->is_array())
        for (const Json& parameter : *given) {
            const std::string name = text_at(parameter, "name");
            script.arguments.push_back(text_at(parameter, "value"));
            if (!name.empty()) script.variables.emplace_back(name, text_at(parameter, "value"));
        }
    return script;
}

}  // namespace

// A machine runs one script at a time: another is refused, as Azure does it, rather than kept waiting.
class ServedState::BusyMachine {
  public:
    BusyMachine(ServedState& state, const std::string& vm) : state_(state), vm_(vm) {
        const std::lock_guard<std::mutex> lock(state_.mutex_);
        if (!state_.busy_.insert(vm_).second)
            throw Error(fault::conflict,
                        "Run command extension execution is in progress. Please wait for completion before "
                        "invoking a run command.");
    }
    ~BusyMachine() {
        const std::lock_guard<std::mutex> lock(state_.mutex_);
        state_.busy_.erase(vm_);
    }
    BusyMachine(const BusyMachine&) = delete;
    BusyMachine& operator=(const BusyMachine&) = delete;

  private:
    ServedState& state_;
    std::string vm_;
};

Answered ServedState::run_guest(const http::Request& request, const arm::ResourceId& vm,
                                const std::string& asked) {
    try {
        if (!guests_) throw Error(fault::not_modelled, "There are no scripts within a machine's scripts.");
        const BusyMachine busy(*this, vm.key());
        const Json answer = Json::parse(run_command_answer(guests_->run(vm, script_of(Json::parse(asked)))));
        return transact(Weight::writing, name_of(request), [&](Session& session) {
            session.events.open(run_of(request, session.now));
            return front_door::answer_arm_after_guest(session, request, answer);
        });
    } catch (const Error& error) {
        return {front_door::arm_error(error), {}};
    }
}

}  // namespace azid::server
