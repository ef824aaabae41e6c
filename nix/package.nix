# SPDX-License-Identifier: MIT
# The package: programs, units, pages and schemas, as `cmake --install` installs them.
{
  lib,
  stdenv,
  cmake,
  ninja,
  pkg-config,
  cli11,
  coreutils,
  curl,
  gnutls,
  gtest,
  libmicrohttpd,
  libxcrypt,
  nlohmann_json,
  prometheus-cpp,
  re2,
  sdbus-cpp_2,
  spdlog,
  systemdLibs,
  yaml-cpp,
  zlib,
}:
stdenv.mkDerivation {
  pname = "checklistd";
  version = builtins.head (
    builtins.match ".*project\\(checklistd VERSION ([0-9.]+).*" (builtins.readFile ../CMakeLists.txt)
  );

  src = lib.cleanSourceWith {
    src = ../.;
    filter =
      path: _:
      toString path != toString ../nix
      && !builtins.elem (baseNameOf path) [
        ".git"
        "build"
        "result"
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
  checkInputs = [ gtest ];
  doCheck = true;
  strictDeps = true;

  # NixOS has no programs in the directories in which systemd searches for commands.
  postPatch = ''
    for unit in systemd/checklistd.service.in systemd/user/checklistd.service.in; do
      sed --in-place 's|^ExecReload=kill |ExecReload=${coreutils}/bin/kill |' "$unit"
    done
  '';

  meta = {
    description = "Proves that every systemd service still does what it did";
    license = lib.licenses.mit;
    mainProgram = "checklistctl";
    platforms = lib.platforms.linux;
  };
}
