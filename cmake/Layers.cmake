# SPDX-License-Identifier: MIT
# A layer is a folder under src/ with all folders inside it: one library, one test executable, one rule of what it may
# include.
#
#   checklist_layer(NAME USES layer… PACKAGES target… HEADERS regex…)
#
# USES      the layers whose headers it may include (the vocabulary in include/checklist is always allowed)
# PACKAGES  what it links
# HEADERS   the third-party headers it may include, as regular expressions
#
# lint.layering checks every #include against the declarations in CMakeLists.txt.

set(checklist_layering_rules "${PROJECT_BINARY_DIR}/layering.rules")
file(WRITE "${checklist_layering_rules}" "")

function(checklist_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 layer "" "" "USES;PACKAGES;HEADERS")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${name}/*.cpp")
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  list(APPEND sources ${checklist_generated_${name}})
  list(TRANSFORM layer_USES PREPEND "checklist_" OUTPUT_VARIABLE used)
  if(sources)
    add_library(checklist_${name} STATIC ${sources})
    checklist_precompile(checklist_${name})
    target_link_libraries(checklist_${name} PUBLIC checklist_vocabulary ${used} ${layer_PACKAGES})
  else()
    add_library(checklist_${name} INTERFACE)
    target_link_libraries(checklist_${name} INTERFACE checklist_vocabulary ${used} ${layer_PACKAGES})
  endif()
  list(JOIN layer_USES "|" uses)
  list(JOIN layer_HEADERS "|" headers)
  file(APPEND "${checklist_layering_rules}" "${name}@${uses}@${headers}\n")
  checklist_tests(${name} checklist_${name})
endfunction()

# Builds tests/unit/NAME/**/*_test.cpp, linked with the named targets.
function(checklist_tests name)
  file(GLOB_RECURSE tests CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/unit/${name}/*_test.cpp")
  if(NOT BUILD_TESTING OR NOT tests)
    return()
  endif()
  if(NOT TARGET checklist_test_support)
    add_library(checklist_test_support STATIC "${PROJECT_SOURCE_DIR}/tests/support/owned_facts.cpp")
    checklist_precompile(checklist_test_support)
    target_include_directories(checklist_test_support PUBLIC "${PROJECT_SOURCE_DIR}/tests")
    target_link_libraries(checklist_test_support PUBLIC checklist_vocabulary)
  endif()
  add_executable(test_${name} ${tests})
  checklist_precompile(test_${name})
  target_include_directories(test_${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests/unit")
  target_compile_definitions(test_${name} PRIVATE "SOURCE_DIR=\"${PROJECT_SOURCE_DIR}\"")
  target_link_libraries(test_${name} PRIVATE ${ARGN} checklist_test_support GTest::gmock_main)
  gtest_discover_tests(test_${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 60)
endfunction()
