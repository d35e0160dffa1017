# What is made at build time: templates, message catalogues, embedded assets.

# parvis_templates(OUT LAYER files…): compiles x.html to generated/LAYER/LAYER/…/x.html.c and .html.h;
# the header is included as "LAYER/…/x.html.h".
function(parvis_templates out layer)
  set(result)
  list(FILTER ARGN EXCLUDE REGEX "/src/web/front/") # the gallery shows plain pages
  foreach(template ${ARGN})
    file(RELATIVE_PATH relative ${CMAKE_SOURCE_DIR}/src ${template})
    set(base ${CMAKE_BINARY_DIR}/generated/${layer}/${relative})
    get_filename_component(dir ${base} DIRECTORY)
    file(MAKE_DIRECTORY ${dir})
    add_custom_command(
      OUTPUT ${base}.c ${base}.h
      COMMAND template_compiler ${template} ${relative} ${base}.c ${base}.h
      DEPENDS template_compiler ${template}
      COMMENT "Template ${relative}")
    list(APPEND result ${base}.c ${base}.h)
  endforeach()
  set(${out} ${result} PARENT_SCOPE)
endfunction()
