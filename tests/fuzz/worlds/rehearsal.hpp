// Whole commands and requests, each with transactions of its own, on a state that is the same after as
// before.
#pragma once

#include "core/base/state.hpp"
#include "fuzz/worlds/watch.hpp"

#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace azid::fuzz {

class Box;

class Rehearsal {
  public:
    // The box's state is this one's alone while it plays.
    explicit Rehearsal(Box& box);
    ~Rehearsal();
    Rehearsal(const Rehearsal&) = delete;
    Rehearsal& operator=(const Rehearsal&) = delete;

    // Runs the work and takes back all that it commits. Throws what the work throws.
    void play(const std::function<void()>& work);

    // A state for the program, which must not outlive this: what it commits is seen by all who begin later in
    // the same play. Outside of one, and in other threads, to begin is an Error (fault::state). It is no
    // whole file: neither can it be copied, nor another take its place.
    std::unique_ptr<State> door();

    // Watches what is committed from here on, within a play.
    std::unique_ptr<Watch> watch();

  private:
    friend class Step;
    friend class Door;

    Box& box_;
    std::thread::id player_;
    std::unique_ptr<Transaction> all_;  // what every step is a part of; null between plays
};

}  // namespace azid::fuzz
