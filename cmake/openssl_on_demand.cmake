# azid_openssl: OpenSSL, linked in plainly; or, in a program for which azid_load_openssl_on_demand is called, on x86-64, loaded
# by the first call of one of its functions. Most commands make none; with all of it in the program they would start slower,
# and the program be half as large again. Each function of openssl_functions.txt becomes a jump through a slot, as the linker
# would make it for a shared library, but for the loading: a slot leads at first to what loads the library
# (openssl_on_demand.cpp) and fills all of its slots.
add_library(azid_openssl INTERFACE)
target_link_libraries(azid_openssl INTERFACE "$<$<NOT:$<BOOL:$<TARGET_PROPERTY:LOADS_OPENSSL>>>:OpenSSL::SSL;OpenSSL::Crypto>")

function(azid_load_openssl_on_demand program)
  if(NOT AZID_SELF_CONTAINED OR AZID_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL "Debug" OR NOT CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
    return()
  endif()
  set(functions_file ${PROJECT_SOURCE_DIR}/cmake/openssl_functions.txt)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${functions_file})
  file(STRINGS ${functions_file} functions REGEX "^[A-Za-z]")
  set(jumps)
  foreach(library crypto ssl)
    set(${library}_slots)
    set(${library}_names)
  endforeach()
  foreach(function ${functions})
    set(library crypto)
    if(function MATCHES "^(SSL|TLS)_")
      set(library ssl)
    endif()
    string(APPEND jumps "on_demand ${function}, ${library}\n")
    string(APPEND ${library}_slots ".Lslot_${function}: .quad .Lfirst_${function}\n")
    string(APPEND ${library}_names "${function}\\0")
  endforeach()
  configure_file(${PROJECT_SOURCE_DIR}/cmake/openssl_on_demand.cpp ${PROJECT_BINARY_DIR}/generated/openssl_on_demand.cpp @ONLY)
  set_target_properties(${program} PROPERTIES LOADS_OPENSSL ON)
  target_sources(${program} PRIVATE ${PROJECT_BINARY_DIR}/generated/openssl_on_demand.cpp)
  target_link_libraries(${program} PRIVATE ${CMAKE_DL_LIBS})
endfunction()
