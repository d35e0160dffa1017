# Embeds schema/NNNN-what.sql as a C table (store/migrate.h). Included by parvis_layer.
file(GLOB schema CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/schema/*.sql)
set(schema_c ${CMAKE_BINARY_DIR}/generated/store/schema.c)
add_custom_command(
  OUTPUT ${schema_c}
  COMMAND ${CMAKE_COMMAND} -DOUT=${schema_c} "-DFILES=${schema}" -P ${CMAKE_CURRENT_LIST_DIR}/schema/embed.cmake
  DEPENDS ${schema} ${CMAKE_CURRENT_LIST_DIR}/schema/embed.cmake
  COMMENT "Database schema"
  VERBATIM)
list(APPEND generated ${schema_c})
