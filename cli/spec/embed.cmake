# azid_embed(FILE): makes FILE's text a string literal in the header generated/embedded/<name of FILE>.inc:
#   constexpr std::string_view text =
#   #include "embedded/az_names.txt.inc"
#   ;
function(azid_embed file)
  get_filename_component(name ${file} NAME)
  file(READ ${PROJECT_SOURCE_DIR}/${file} text)
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/generated/embedded/${name}.inc CONTENT "R\"~~~(${text})~~~\"\n" @ONLY)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${file})
endfunction()
