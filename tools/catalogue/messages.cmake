# Gathers the messages of the sources. With UPDATE, writes them to locale/parvis.pot and merges them
# into locale/fr.po. Without, fails when a message has no good French translation there.
set(catalogue ${SOURCE_DIR}/locale/fr.po)
set(pot ${WORK_DIR}/parvis.pot)
file(REMOVE_RECURSE ${WORK_DIR})
file(MAKE_DIRECTORY ${WORK_DIR})

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result)
  if(result)
    list(GET ARGN 0 program)
    message(FATAL_ERROR "${program} failed")
  endif()
endfunction()

# Templates are read as the C they become; #line gives their own names back.
set(files)
file(GLOB_RECURSE templates RELATIVE ${SOURCE_DIR} ${SOURCE_DIR}/src/*.html)
list(FILTER templates EXCLUDE REGEX "^src/web/front/")
foreach(template ${templates})
  string(REPLACE "/" "_" name ${template})
  execute_process(
    COMMAND ${TEMPLATE_COMPILER} ${template} ${template} ${WORK_DIR}/${name}.c ${WORK_DIR}/${name}.h
    WORKING_DIRECTORY ${SOURCE_DIR} RESULT_VARIABLE result)
  if(result)
    message(FATAL_ERROR "${template} does not compile")
  endif()
  list(APPEND files ${WORK_DIR}/${name}.c)
endforeach()
file(GLOB_RECURSE sources RELATIVE ${SOURCE_DIR} ${SOURCE_DIR}/src/*.c ${SOURCE_DIR}/src/*.h)
list(APPEND files ${sources})
list(SORT files)
list(JOIN files "\n" list)
file(WRITE ${WORK_DIR}/files "${list}\n")

run(xgettext --language=C --from-code=UTF-8 --directory=${SOURCE_DIR} --files-from=${WORK_DIR}/files
    --output=${pot} --add-location=file --sort-by-file --package-name=Parvis --add-comments=TRANSLATORS
    --keyword --keyword=_ --keyword=_n:1,2 --keyword=N_ --keyword=tr:2 --keyword=trn:2,3
    --keyword=FAIL:3 --keyword=err_set:3 --keyword=issues_add:3
    --flag=FAIL:3:c-format --flag=err_set:3:c-format --flag=issues_add:3:c-format)

if(UPDATE)
  # No date: the file changes only when a message does.
  file(READ ${pot} text)
  string(REGEX REPLACE "\"POT-Creation-Date:[^\n]*\n" "" text "${text}")
  file(WRITE ${pot} "${text}")
  file(COPY ${pot} DESTINATION ${SOURCE_DIR}/locale)
  run(msgmerge --no-wrap --quiet --update --backup=none --no-fuzzy-matching --add-location=file --sort-by-file
      ${catalogue} ${pot})
  run(msgattrib --no-wrap --no-obsolete --add-location=file --output-file=${catalogue} ${catalogue})
  execute_process(COMMAND msgfmt --statistics --output-file=${WORK_DIR}/fr.mo ${catalogue})
else()
  run(msgcmp --no-fuzzy-matching ${catalogue} ${pot})
  run(msgfmt --check --output-file=${WORK_DIR}/fr.mo ${catalogue})
  run(${CATALOGUE} check ${WORK_DIR}/fr.mo)
endif()
