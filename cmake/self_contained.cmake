# azid_libraries: what the program is linked with. Where the distribution's packages allow it, that is their static
# form: to resolve the symbols of shared libraries costs more at each start than most commands.
option(AZID_SELF_CONTAINED "Carry the C++ library, SQLite and fmt in the program" ON)

add_library(azid_libraries INTERFACE)
find_library(SQLITE3_ARCHIVE libsqlite3.a)
if(AZID_SELF_CONTAINED AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug" AND SQLITE3_ARCHIVE)
  try_compile(AZID_FMT_COMPILES ${PROJECT_BINARY_DIR}/fmt_compiles SOURCES ${PROJECT_SOURCE_DIR}/cmake/fmt_compiles.cpp
              ${PROJECT_SOURCE_DIR}/cmake/fmt_definitions.cpp CXX_STANDARD 20)
endif()
if(AZID_FMT_COMPILES)
  add_library(azid_fmt STATIC ${PROJECT_SOURCE_DIR}/cmake/fmt_definitions.cpp)
  target_link_libraries(azid_libraries INTERFACE azid_fmt ${SQLITE3_ARCHIVE} m ${CMAKE_DL_LIBS} -static-libstdc++
                        -static-libgcc)
else()
  target_link_libraries(azid_settings INTERFACE fmt::fmt)
  target_link_libraries(azid_libraries INTERFACE SQLite::SQLite3)
endif()

# Sections that nothing refers to are left out, and addresses that depend on where the program lies are packed; not
# every linker that knows the option writes what the C library accepts, hence the run.
include(CheckCXXSourceRuns)
if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  add_compile_options(-ffunction-sections -fdata-sections)
  target_link_options(azid_libraries INTERFACE -Wl,--gc-sections)
  set(CMAKE_REQUIRED_LINK_OPTIONS -Wl,-z,pack-relative-relocs)
  check_cxx_source_runs("int main() {}" AZID_PACKS_RELOCATIONS)
  unset(CMAKE_REQUIRED_LINK_OPTIONS)
  if(AZID_PACKS_RELOCATIONS)
    target_link_options(azid_libraries INTERFACE -Wl,-z,pack-relative-relocs)
  endif()
endif()

# A linker writes a program in many small pieces, and so the kernel keeps it in small pieces, each of which costs a process
# that starts something. Written anew in a few large ones, as a package's installation does, it starts its commands sooner
# (docs/benchmarks.md).
function(azid_write_in_one_piece program)
  if(CMAKE_BUILD_TYPE STREQUAL "Debug")
    return()
  endif()
  set(file $<TARGET_FILE:${program}>)
  add_custom_command(TARGET ${program} POST_BUILD
                     COMMAND dd if=${file} of=${file}.whole bs=1M status=none
                     COMMAND chmod --reference=${file} ${file}.whole
                     COMMAND ${CMAKE_COMMAND} -E rename ${file}.whole ${file}
                     VERBATIM)
endfunction()
