# parvis_layer(NAME USES layers… LIBS dependencies…): the folder src/NAME as a static library whose
# files can include only "NAME/…" and the headers of the layers it uses. Each layer's headers are
# reached through a folder of their own that holds one link, so a wrong #include does not compile.
# Templates (*.html) in the folder are compiled to C (cmake/Generated.cmake).
set(PARVIS_WARNINGS -Wall -Wextra -Wshadow -Wformat=2 -Wstrict-prototypes -Wmissing-prototypes
    -Wvla -Wwrite-strings -Wpointer-arith -Wno-missing-braces -Werror)
set(PARVIS_FLAGS ${PARVIS_WARNINGS} -D_GNU_SOURCE -fno-strict-aliasing
    -include ${CMAKE_SOURCE_DIR}/src/base/banned.h)
option(PARVIS_TEST_BUILD "What tests need: cheap passwords, an injected clock" OFF)
if(PARVIS_TEST_BUILD)
  list(APPEND PARVIS_FLAGS -DPARVIS_TEST_BUILD)
endif()

function(parvis_layer name)
  cmake_parse_arguments(arg "" "" "USES;LIBS" ${ARGN})
  set(dir ${CMAKE_SOURCE_DIR}/src/${name})
  set(view ${CMAKE_BINARY_DIR}/include/${name})
  file(MAKE_DIRECTORY ${view})
  file(CREATE_LINK ${dir} ${view}/${name} SYMBOLIC)

  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${dir}/*.c)
  file(GLOB_RECURSE templates CONFIGURE_DEPENDS ${dir}/*.html)
  parvis_templates(generated ${name} ${templates})
  include(${dir}/layer.cmake OPTIONAL) # may add to `generated`
  if(NOT sources AND NOT generated)
    file(WRITE ${CMAKE_BINARY_DIR}/empty_${name}.c "extern int parvis_${name}_is_empty;\n")
    set(sources ${CMAKE_BINARY_DIR}/empty_${name}.c)
  endif()

  add_library(${name} STATIC ${sources} ${generated})
  target_include_directories(${name} PUBLIC ${view} ${CMAKE_BINARY_DIR}/generated/${name})
  target_compile_options(${name} PRIVATE ${PARVIS_FLAGS})
  target_link_libraries(${name} PUBLIC ${arg_USES})
  foreach(lib ${arg_LIBS})
    target_link_libraries(${name} PUBLIC dep_${lib})
  endforeach()
endfunction()

function(parvis_program)
  if(EXISTS ${CMAKE_SOURCE_DIR}/src/main.c)
    file(GLOB commands CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/command/*.c)
    add_executable(parvis ${CMAKE_SOURCE_DIR}/src/main.c ${commands})
    target_include_directories(parvis PRIVATE ${CMAKE_SOURCE_DIR}/src)
    target_compile_options(parvis PRIVATE ${PARVIS_FLAGS})
    target_compile_definitions(parvis PRIVATE PARVIS_VERSION="${PROJECT_VERSION}")
    target_link_libraries(parvis PRIVATE features)
    install(TARGETS parvis)
  endif()
endfunction()
