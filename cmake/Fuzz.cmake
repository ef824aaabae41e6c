# SPDX-License-Identifier: MIT
# Fuzz targets of libFuzzer, one for each tests/fuzz/NAME_fuzz.cpp. Only preset fuzz has them; its target `fuzz` builds
# them and no more than they need.

# Parts of layers that would take long to build as a whole.
set(checklist_fuzz_parts
    ctl/capture/captures_json.cpp daemon/journal_readers.cpp daemon/log.cpp daemon/protector.cpp daemon/web.cpp observe/probes/curl_multi.cpp
    observe/probes/dialogue.cpp observe/probes/probe_run.cpp observe/probes/probe_transfer.cpp)

# The checks are no parsers: their parameters are read by templates of other layers. Without optimisation and sanitizers, they
# build in a fraction of the time.
function(checklist_fuzz_plain)
  set(plain -O0 -fno-sanitize=all -fno-sanitize-coverage=edge,inline-8bit-counters,indirect-calls,trace-cmp,pc-table)
  add_library(checklist_precompiled_plain OBJECT EXCLUDE_FROM_ALL "${PROJECT_BINARY_DIR}/generated/precompiled.cpp")
  target_link_libraries(checklist_precompiled_plain PRIVATE checklist_vocabulary)
  target_compile_options(checklist_precompiled_plain PRIVATE ${plain})
  target_precompile_headers(checklist_precompiled_plain PRIVATE ${checklist_precompiled_headers})
  foreach(layer IN ITEMS checklist_checks checklist_host_checks)
    target_compile_options(${layer} PRIVATE ${plain})
    set_target_properties(${layer} PROPERTIES PRECOMPILE_HEADERS_REUSE_FROM checklist_precompiled_plain)
    add_dependencies(${layer} checklist_precompiled_plain)
  endforeach()
endfunction()

function(checklist_fuzz)
  find_package(GTest REQUIRED)  # for what targets take from unit tests
  list(TRANSFORM checklist_fuzz_parts PREPEND "${PROJECT_SOURCE_DIR}/src/")
  add_library(checklist_fuzz_base STATIC EXCLUDE_FROM_ALL "${PROJECT_SOURCE_DIR}/tests/fuzz/driver.cpp" ${checklist_fuzz_parts})
  checklist_precompile(checklist_fuzz_base)
  target_include_directories(checklist_fuzz_base PUBLIC "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(
    checklist_fuzz_base PUBLIC checklist_config checklist_parse checklist_store checklist_bus checklist_render checklist_http
                               CURL::libcurl GTest::gtest spdlog::spdlog)
  target_link_options(checklist_fuzz_base PUBLIC -fsanitize=fuzzer)
  checklist_fuzz_plain()
  add_custom_target(fuzz)
  file(GLOB targets CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/fuzz/*_fuzz.cpp")
  foreach(target IN LISTS targets)
    cmake_path(GET target STEM name)
    add_executable(${name} EXCLUDE_FROM_ALL "${target}")
    checklist_precompile(${name})
    target_link_libraries(${name} PRIVATE checklist_fuzz_base)
    add_dependencies(fuzz ${name})
  endforeach()
endfunction()
