# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What the scripts share: progress, builds, where builds go, and where Python finds the tests' packages.

started=$SECONDS
export PYTHONPATH=$PWD/tests:$PWD/tests/system

say() { printf '== %3ds  %s\n' "$((SECONDS - started))" "$*"; }

# Where build directories are: in the checkout, or in a cache if the checkout is not writable.
build_root() {
  if [[ -w build || (! -e build && -w .) ]]; then
    echo "$PWD/build"
  else
    echo "${XDG_CACHE_HOME:-$HOME/.cache}/checklistd/build"
  fi
}

# For a user without a home directory, the caches of ccache and clang-tidy are beside the builds.
: "${HOME:=/nonexistent}"
if [[ ! -w ${XDG_CACHE_HOME:-$HOME/.cache} && ! -w $HOME ]]; then
  XDG_CACHE_HOME=$(build_root)/cache
  export XDG_CACHE_HOME
fi

# quietly LOG COMMAND...: writes output to the log; prints a line of progress ("[12/80] …") every 10 s,
# and the end of the log if the command fails.
quietly() {
  local log=$1 shown=$SECONDS line result=0
  shift
  mkdir -p "$(dirname "$log")"
  "$@" < /dev/null 2>&1 | while IFS= read -r line; do
    printf '%s\n' "$line"
    if [[ $line == \[* ]] && ((SECONDS - shown >= 10)); then
      what=${line#*] }
      printf '         %s] %s\n' "${line%%]*}" "${what##*/}" >&2
      shown=$SECONDS
    fi
  done > "$log" || result=$?
  ((result == 0)) || tail -n 60 "$log"
  return "$result"
}

# configure PRESET [CMAKE ARGUMENT...]: configures $(build_root)/PRESET; fails if a package is missing.
configure() { quietly "$(build_root)/$1.log" cmake --preset "$1" -B "$(build_root)/$1" "${@:2}"; }

compile() { quietly "$(build_root)/$1.log" cmake --build "$(build_root)/$1"; }

build() { configure "$@" && compile "$1"; }

# The build that the sandbox runs, without tests, so that the demo needs no test framework.
build_release() { build release -DBUILD_TESTING=OFF -DCMAKE_INSTALL_PREFIX=/usr; }
