// Other processes of a test.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

namespace azid::test {

// A forked process that runs the work and writes its answer, or the text of what it threw, into a pipe.
class Child {
  public:
    // `unprivileged`: gives up root first, so that file permissions count.
    explicit Child(const std::function<std::string()>& work, bool unprivileged = false);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    // Waits until it has ended; gives its answer.
    std::string answer();
    void kill();

  private:
    pid_t pid_ = -1;
    int pipe_ = -1;
};

// Lets several processes begin at the same moment.
class StartLine {
  public:
    StartLine();
    ~StartLine();
    StartLine(const StartLine&) = delete;
    StartLine& operator=(const StartLine&) = delete;
    // In the child: blocks until the parent says go.
    void wait() const;
    // In the parent.
    void go();

  private:
    int ends_[2] = {-1, -1};
};

// In a child: what it mounts from here on, nobody else sees. False where that is not allowed.
bool leave_mounts();

// Gives a file or folder to the user that unprivileged children run as.
void give_away(const std::string& path, unsigned mode);

}  // namespace azid::test
