# SPDX-License-Identifier: MIT
# One precompiled header, of the standard library alone, for every target: reading it took two thirds of a file's
# compilation. Sources include what they use all the same; preset tidy builds without it, and so finds what is missing.

file(WRITE "${PROJECT_BINARY_DIR}/generated/precompiled.cpp" "")
add_library(checklist_precompiled OBJECT "${PROJECT_BINARY_DIR}/generated/precompiled.cpp")
target_link_libraries(checklist_precompiled PRIVATE checklist_vocabulary)
set(checklist_precompiled_headers
    <algorithm> <array> <chrono> <compare> <cstdint> <filesystem> <functional> <map> <memory> <optional> <set> <span> <string>
    <string_view> <tuple> <utility> <variant> <vector>)
target_precompile_headers(checklist_precompiled PRIVATE ${checklist_precompiled_headers})

# Must be called before the target's sources are compiled with flags of their own.
function(checklist_precompile target)
  target_precompile_headers(${target} REUSE_FROM checklist_precompiled)
endfunction()
