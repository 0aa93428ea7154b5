# What a release is built with so that an error in memory ends the program instead of serving whoever made it; that it
# can lie at any address is the compilers' own default. tests/lint/hardened.sh reads from the program that all is so;
# docs/security.md tells what was left out for its cost.
if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug" AND NOT AZID_SANITIZE)
  target_compile_options(azid_settings INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-clash-protection -fstack-protector-strong
                         -D_GLIBCXX_ASSERTIONS)
  target_link_options(azid_settings INTERFACE -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
endif()
