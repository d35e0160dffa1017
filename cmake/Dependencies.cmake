# Every library the program stands on, as an interface target `dep_<Name>`.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

function(parvis_dependency name)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${ARGN})
  add_library(dep_${name} INTERFACE)
  target_link_libraries(dep_${name} INTERFACE PkgConfig::${name})
endfunction()

# Libraries whose Debian packages have no pkg-config file.
function(parvis_plain_dependency name header library)
  find_path(${name}_INCLUDE ${header} REQUIRED)
  find_library(${name}_LIBRARY ${library} REQUIRED)
  add_library(dep_${name} INTERFACE)
  target_include_directories(dep_${name} SYSTEM INTERFACE ${${name}_INCLUDE})
  target_link_libraries(dep_${name} INTERFACE ${${name}_LIBRARY})
endfunction()

parvis_dependency(Jansson jansson)
parvis_dependency(Sodium libsodium)
parvis_dependency(Utf8proc libutf8proc)
parvis_dependency(SQLite sqlite3)
parvis_dependency(PostgreSQL libpq)
parvis_dependency(Md4c md4c)
parvis_dependency(Event libevent_core libevent_pthreads)
parvis_dependency(Zlib zlib)
parvis_dependency(Qrencode libqrencode)
parvis_plain_dependency(Stemmer libstemmer.h stemmer)

add_library(dep_Threads INTERFACE)
target_link_libraries(dep_Threads INTERFACE Threads::Threads)

# llhttp: the C sources of Debian's node-llhttp.
find_path(LLHTTP_INCLUDE llhttp.h PATHS /usr/share/include/llhttp REQUIRED)
find_path(LLHTTP_SOURCE llhttp.c PATHS /usr/share/llhttp REQUIRED)
add_library(dep_Llhttp STATIC ${LLHTTP_SOURCE}/api.c ${LLHTTP_SOURCE}/http.c ${LLHTTP_SOURCE}/llhttp.c)
target_include_directories(dep_Llhttp SYSTEM PUBLIC ${LLHTTP_INCLUDE})
target_compile_options(dep_Llhttp PRIVATE -w)
