# What is made at build time: templates, message catalogues, embedded assets.

# parvis_templates(OUT LAYER files…): compiles x.html to generated/LAYER/LAYER/…/x.html.c and .html.h;
# the header is included as "LAYER/…/x.html.h".
function(parvis_templates out layer)
  set(result)
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

# parvis_assets(): the library `assets`, asset_table of base/asset.h. Called once, by tools/asset.
# What is bundled: src/web/front/main.{ts,css}; files of a layer's own folder (src/views/board.ts);
# files named as their folder (src/features/pad/pad.ts). Any other .ts or .css is a part of those.
# Icons become assets/icons/icons.svg and, for page/icon.c, "page/icon_rows.h".
option(PARVIS_FRONT "Bundle scripts and style sheets (needs Node.js and `make deps`)" ON)

function(parvis_assets)
  set(dir ${CMAKE_BINARY_DIR}/assets)
  set(rows ${CMAKE_BINARY_DIR}/generated/page/page)
  set(folders ${dir}/icons ${CMAKE_SOURCE_DIR}/src/web/front/static)
  file(MAKE_DIRECTORY ${dir}/icons ${dir}/gzip ${rows})

  file(GLOB icons CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/page/icons/*.svg)
  add_custom_command(
    OUTPUT ${dir}/icons/icons.svg ${rows}/icon_rows.h
    COMMAND icon_sprite ${dir}/icons/icons.svg ${rows}/icon_rows.h ${icons}
    DEPENDS icon_sprite ${icons}
    COMMENT "Icons" VERBATIM)
  file(GLOB static CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/web/front/static/*)
  set(made ${dir}/icons/icons.svg ${static})

  if(PARVIS_FRONT)
    parvis_bundles(bundled)
    list(APPEND folders ${dir}/front)
    list(APPEND made ${bundled})
  endif()

  add_custom_command(
    OUTPUT ${dir}/assets.c
    COMMAND asset_embed ${dir}/assets.c ${dir}/gzip ${folders}
    DEPENDS asset_embed ${made}
    COMMENT "Assets" VERBATIM)
  add_library(assets STATIC ${dir}/assets.c)
  target_include_directories(assets PRIVATE ${CMAKE_SOURCE_DIR}/src)
  # Symbols made by the assembler are unknown to link-time optimisation.
  set_target_properties(assets PROPERTIES INTERPROCEDURAL_OPTIMIZATION OFF)
  add_library(dep_Assets INTERFACE)
  target_link_libraries(dep_Assets INTERFACE assets)
endfunction()

function(parvis_bundles out)
  find_program(NODE node)
  if(NOT NODE)
    message(FATAL_ERROR "Node.js is missing: install it, or configure with -DPARVIS_FRONT=OFF")
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/*.ts ${CMAKE_SOURCE_DIR}/src/*.css)
  set(entries)
  foreach(source ${sources})
    cmake_path(RELATIVE_PATH source BASE_DIRECTORY ${CMAKE_SOURCE_DIR}/src OUTPUT_VARIABLE relative)
    cmake_path(GET relative STEM name)
    if(relative MATCHES "^web/front/")
      set(entry_pattern "^web/front/main\\.(ts|css)$")
    else()
      set(entry_pattern "^[a-z]+/([a-z_/]+/)?${name}/${name}\\.(ts|css)$|^[a-z]+/[^/]+$")
    endif()
    if(relative MATCHES ${entry_pattern})
      list(APPEND entries ${source})
    endif()
  endforeach()
  set(stamp ${CMAKE_BINARY_DIR}/assets/front.stamp)
  add_custom_command(
    OUTPUT ${stamp}
    COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/tools/front/bundle.mjs ${CMAKE_BINARY_DIR}/assets/front ${entries}
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ${CMAKE_SOURCE_DIR}/tools/front/bundle.mjs ${CMAKE_SOURCE_DIR}/package-lock.json ${sources} ${static}
    COMMENT "Scripts and style sheets" VERBATIM)
  set(${out} ${stamp} PARENT_SCOPE)
endfunction()

# parvis_catalogues(OUT): the translations as "base/catalogue_<language>.h", for base/i18n.c.
# A missing translation shows in English; the test tools/messages says which.
function(parvis_catalogues out)
  find_program(MSGFMT msgfmt REQUIRED)
  set(dir ${CMAKE_BINARY_DIR}/generated/base/base)
  file(MAKE_DIRECTORY ${dir})
  foreach(language fr)
    set(po ${CMAKE_SOURCE_DIR}/locale/${language}.po)
    set(base ${dir}/catalogue_${language})
    add_custom_command(
      OUTPUT ${base}.h
      COMMAND ${MSGFMT} --output-file=${base}.mo ${po}
      COMMAND catalogue compile ${base}.mo ${base}.h
      DEPENDS catalogue ${po}
      COMMENT "Messages ${language}" VERBATIM)
    list(APPEND ${out} ${base}.h)
  endforeach()
  set(${out} ${${out}} PARENT_SCOPE)
endfunction()
