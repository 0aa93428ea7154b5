# azid_openssl: OpenSSL, linked in plainly; or, in a program for which azid_load_on_demand is called, on x86-64, loaded by the
# first call of one of its functions, and the C library's libm in the same way. Most commands call none; with all of OpenSSL in
# the program they would start slower, and the program be half as large again. Each function of on_demand/*.txt becomes a jump
# through a slot, as the linker would make it for a shared library, but for the loading: a slot leads at first to what loads the
# library (on_demand.cpp) and fills all of its slots.
add_library(azid_openssl INTERFACE)
target_link_libraries(azid_openssl INTERFACE "$<$<NOT:$<BOOL:$<TARGET_PROPERTY:LOADS_ON_DEMAND>>>:OpenSSL::SSL;OpenSSL::Crypto>")

function(azid_load_on_demand program)
  if(NOT AZID_SELF_CONTAINED OR AZID_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL "Debug" OR NOT CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
    return()
  endif()
  set(jumps)
  foreach(library crypto ssl m)
    set(${library}_slots)
    set(${library}_names)
    set(list ${PROJECT_SOURCE_DIR}/cmake/on_demand/${library}.txt)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${list})
    file(STRINGS ${list} functions REGEX "^[A-Za-z]")
    foreach(function ${functions})
      string(APPEND jumps "on_demand ${function}, ${library}\n")
      string(APPEND ${library}_slots ".Lslot_${function}: .quad .Lfirst_${function}\n")
      string(APPEND ${library}_names "${function}\\0")
    endforeach()
  endforeach()
  set(source ${PROJECT_BINARY_DIR}/generated/on_demand.cpp)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/on_demand.cpp ${source} @ONLY)
  set_target_properties(${program} PROPERTIES LOADS_ON_DEMAND ON)
  target_sources(${program} PRIVATE ${source})
  target_link_options(${program} PRIVATE -Wl,--as-needed)
  target_link_libraries(${program} PRIVATE ${CMAKE_DL_LIBS})
endfunction()
