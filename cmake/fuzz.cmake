# Everything is made to report to libFuzzer which ways it took; "sanitized" also stops at the first wrong access or
# undefined step.
set(AZID_FUZZ_FLAGS -fsanitize=fuzzer-no-link)
if(AZID_FUZZ STREQUAL "sanitized")
  list(APPEND AZID_FUZZ_FLAGS -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  # What clang 14 puts before each function to check calls by pointer, it cannot put before pieces of coroutines.
  set_source_files_properties(cli/server/channel.cpp cli/server/connection.cpp cli/server/server.cpp
                              PROPERTIES COMPILE_OPTIONS -fno-sanitize=function)
endif()
target_compile_options(azid_settings INTERFACE ${AZID_FUZZ_FLAGS})
target_compile_definitions(azid_settings INTERFACE _GLIBCXX_ASSERTIONS)
# Many large programs: the quicker linker where there is one.
find_program(AZID_LLD ld.lld)
if(AZID_LLD)
  target_link_options(azid_settings INTERFACE -fuse-ld=lld)
endif()
