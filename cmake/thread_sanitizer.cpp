// Linked into azid where it is built with GCC's thread sanitizer. That makes its record of a thread's signals
// at the thread's first call that may wait, and loses a signal that arrives meanwhile (libtsan of GCC 12;
// some 50 microseconds): the first such call is therefore made before anybody has a reason to send one.
#include <unistd.h>

namespace {

[[gnu::constructor]] void wait_once() { usleep(1); }

}  // namespace
