#!/bin/bash
# SPDX-License-Identifier: MIT
# The phases of nixpkgs' stdenv with the hooks of cmake and ninja, for what package.nix sets: runs in the builder's sandbox, as its user.
#   phases.sh CMAKE_FLAG...      $postPatch, $out, $NIX_BUILD_CORES and $cxxflags are in the environment
set -euo pipefail

: "${out?}" "${postPatch?}" "${NIX_BUILD_CORES?}" "${cxxflags?}"

phase() { echo "== $1 ($((SECONDS / 60)) min)"; }

phase patch
cd /build/source
eval "$postPatch"

phase configure
mkdir -p build
cd build
export CTEST_OUTPUT_ON_FAILURE=1 CTEST_PARALLEL_LEVEL=$NIX_BUILD_CORES TERM=dumb
cmake .. -GNinja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$out" \
  -DCMAKE_CXX_COMPILER="$(command -v g++)" -DCMAKE_C_COMPILER="$(command -v gcc)" \
  -DCMAKE_INSTALL_BINDIR="$out/bin" -DCMAKE_INSTALL_SBINDIR="$out/sbin" -DCMAKE_INSTALL_INCLUDEDIR="$out/include" \
  -DCMAKE_INSTALL_MANDIR="$out/share/man" -DCMAKE_INSTALL_DOCDIR="$out/share/doc/checklistd" -DCMAKE_INSTALL_LIBDIR="$out/lib" \
  -DCMAKE_INSTALL_LIBEXECDIR="$out/libexec" -DCMAKE_INSTALL_LOCALEDIR="$out/share/locale" \
  -DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF -DCMAKE_FIND_USE_SYSTEM_PACKAGE_REGISTRY=OFF \
  ${cxxflags:+"-DCMAKE_CXX_FLAGS_RELEASE=$cxxflags"} "$@"

phase build
ninja -j"$NIX_BUILD_CORES"

phase check
ninja -j"$NIX_BUILD_CORES" test

phase install
ninja -j"$NIX_BUILD_CORES" install

phase installCheck
"$out/bin/checklistctl" --version
grep '^ExecReload=/nix/store/.*-coreutils/bin/kill ' "$out/lib/systemd/system/checklistd.service" "$out/lib/systemd/user/checklistd.service"
phase "done"
