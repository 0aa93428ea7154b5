# Puts builtin_roles.txt into a source file: cmake -DFROM=... -DTO=... -P builtin_roles.cmake
# In pieces, since compilers may limit how long one string literal is.
file(READ "${FROM}" text)
string(LENGTH "${text}" length)
set(literals "")
set(at 0)
while(at LESS length)
  string(SUBSTRING "${text}" ${at} 15000 piece)
  string(APPEND literals "R\"roles(${piece})roles\"\n")
  math(EXPR at "${at} + 15000")
endwhile()
file(WRITE "${TO}" "// Generated from core/rbac/builtin_roles.txt.
#include <string_view>

namespace azid::rbac {
extern const std::string_view builtin_roles_text;
const std::string_view builtin_roles_text =
${literals};
}  // namespace azid::rbac
")
