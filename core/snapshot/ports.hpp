// A state file as one thing: copied, compared, replaced, taken back. Implemented by store/.
#pragma once

#include "core/base/time.hpp"
#include "core/snapshot/model.hpp"

#include <functional>
#include <string>
#include <vector>

namespace azid::snapshot {

// Is told now and then how far something has come, from 0 to 1.
using Progress = std::function<void(double)>;

// What was taken back.
struct Undone {
    std::string name;  // of the command or request
    std::string at;    // the state's time of it
    Contents before;   // as it was until now
    Contents after;
};

class File {
  public:
    virtual ~File() = default;

    // Writes a whole copy, for its owner alone, while others may be working; it appears at once or not at
    // all, in the place of one that was there. Throws Error (fault::state).
    virtual void copy_to(const std::string& path, const Progress& progress) = 0;
    // Makes everything as it is in that copy, in one transaction. What can be taken back stays so, and the
    // replacing can be taken back as well. Throws Error (fault::state); then nothing has changed.
    virtual void replace_by(const std::string& path) = 0;

    // All that the state holds, but for the notes of what can be taken back; with rows, or the columns alone.
    virtual Contents contents(bool rows = true) = 0;
    // The same of another file, which is left as it is where nobody works on it.
    virtual Contents contents_of(const std::string& path) = 0;
    // Makes everything as the contents say, in one transaction. Throws Error (fault::state) for what would
    // contradict itself; then nothing has changed.
    virtual void replace_by(const Contents& contents, const Progress& progress) = 0;

    // Takes back the newest command that changed something, in one transaction. The commands are forgotten
    // by and by. Throws Error (fault::state) where there is none left, or it cannot be taken back; then
    // nothing has changed.
    virtual Undone undo() = 0;
};

}  // namespace azid::snapshot
