# SPDX-License-Identifier: MIT
# What compiler and linker check at run time in every build that is no debug build.
include(CheckCXXCompilerFlag)

# checklist_harden(TARGET): adds the options to those that the target passes on.
function(checklist_harden target)
  foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection)
    string(MAKE_C_IDENTIFIER "checklist_has${flag}" known)
    check_cxx_compiler_flag(${flag} ${known})  # -fcf-protection: x86 alone
    if(${known})
      target_compile_options(${target} INTERFACE $<$<NOT:$<CONFIG:Debug>>:${flag}>)
    endif()
  endforeach()
  # Not by CMAKE_POSITION_INDEPENDENT_CODE: libraries would get -fPIC, and programs -fPIE, which cannot share a
  # precompiled header.
  target_compile_options(${target} INTERFACE $<$<NOT:$<CONFIG:Debug>>:-fPIE>)
  target_link_options(${target} INTERFACE $<$<NOT:$<CONFIG:Debug>>:-pie>)
  # Compilers of distributions define a lower level. Level 3 falls back to 2 in those that lack it.
  target_compile_options(${target} INTERFACE $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3>)
  target_compile_definitions(${target} INTERFACE $<$<NOT:$<CONFIG:Debug>>:_GLIBCXX_ASSERTIONS>)
  target_link_options(${target} INTERFACE -Wl,-z,relro -Wl,-z,now)
endfunction()
