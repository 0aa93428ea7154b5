// The one target of this program, for clang's libFuzzer.
#include "fuzz/support/target.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const azid::fuzz::Target& target = *azid::fuzz::find_target({});
    azid::fuzz::run(target, {reinterpret_cast<const char*>(data), size});
    return 0;
}
