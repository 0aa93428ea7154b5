# The program is compiled for size, which its start gains by; what a server does for every fresh token is compiled for speed.
# Measured in docs/benchmarks.md ("fresh"). g++ takes no precompiled header that was made for the other.
function(azid_quick_sources)
  if(CMAKE_BUILD_TYPE STREQUAL "Debug")
    return()
  endif()
  file(GLOB sources CONFIGURE_DEPENDS
    core/base/*.cpp core/events/*.cpp
    core/crypto/certificate.cpp core/crypto/jws.cpp core/crypto/key.cpp
    core/entra/api.cpp core/entra/client_assertion.cpp core/entra/signing_key.cpp core/entra/token_*.cpp
    core/imds/endpoint.cpp core/imds/token.cpp core/msi/certificates.cpp
    store/arm.cpp store/database.cpp store/dates.cpp store/events.cpp store/imds.cpp store/log.cpp store/msi.cpp
    store/query.cpp store/recalled.cpp store/state.cpp store/undo.cpp
    cli/server/answering.cpp cli/server/connection.cpp cli/server/messages.cpp cli/server/request_notes.cpp
    cli/server/served_state.cpp cli/server/served_tokens.cpp)
  set_source_files_properties(${sources} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  set_property(SOURCE ${sources} APPEND PROPERTY COMPILE_OPTIONS -O2)
endfunction()
