# SPDX-License-Identifier: MIT
# The package: programs, units, pages and schemas, as `cmake --install` installs them.
{
  lib,
  stdenv,
  cmake,
  ninja,
  pkg-config,
  python3,
  cli11,
  coreutils,
  curl,
  gnutls,
  gtest,
  libmicrohttpd,
  libxcrypt,
  nlohmann_json,
  openssl,
  prometheus-cpp,
  re2,
  sdbus-cpp_2,
  spdlog,
  systemdLibs,
  testers,
  yaml-cpp,
  zlib,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "checklistd";
  version = builtins.head (
    builtins.match ".*project\\(checklistd VERSION ([0-9.]+).*" (builtins.readFile ../CMakeLists.txt)
  );

  # What is built, tested and installed: a change of a module, a workflow or a build directory rebuilds nothing.
  src = lib.fileset.toSource {
    root = ../.;
    fileset = lib.fileset.unions [
      ../ARCHITECTURE.md
      ../CHANGELOG.md
      ../CMakeLists.txt
      ../CONTRIBUTING.md
      ../LICENSE
      ../README.md
      ../SECURITY.md
      ../cmake
      ../config
      ../docs
      ../include
      ../scripts
      ../src
      ../systemd
      ../tests
    ];
  };

  nativeBuildInputs = [
    cmake
    ninja
    pkg-config
  ];
  buildInputs = [
    cli11
    curl
    gnutls
    libmicrohttpd
    libxcrypt
    nlohmann_json
    prometheus-cpp
    re2
    sdbus-cpp_2
    spdlog
    systemdLibs
    yaml-cpp
    zlib
  ];
  nativeCheckInputs = [
    openssl # certificates that unit tests probe
    python3 # the lints, which ctest runs, too
  ];
  checkInputs = [ gtest ];
  doCheck = true;
  strictDeps = true;

  # NixOS has no programs in the directories in which systemd searches for commands.
  postPatch = ''
    for unit in systemd/checklistd.service.in systemd/user/checklistd.service.in; do
      sed --in-place 's|^ExecReload=kill |ExecReload=${coreutils}/bin/kill |' "$unit"
    done
  '';

  passthru.tests.version = testers.testVersion { package = finalAttrs.finalPackage; };

  meta = {
    description = "Proves that every systemd service still does what it did";
    license = lib.licenses.mit;
    mainProgram = "checklistctl";
    platforms = lib.platforms.linux;
  };
})
