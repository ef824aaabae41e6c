# SPDX-License-Identifier: MIT
"""What package.nix names, and the Debian packages that hold the same."""

import json
import os
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[2]

# nixpkgs' name: Debian's names. Debian splits what nixpkgs keeps in one output.
DEBIAN = {
    "cli11": ["libcli11-dev"],
    "cmake": ["cmake"],
    "coreutils": ["coreutils"],
    "curl": ["libcurl4-openssl-dev"],
    "gnutls": ["libgnutls28-dev"],
    "gtest": ["libgtest-dev", "libgmock-dev"],
    "libmicrohttpd": ["libmicrohttpd-dev"],
    "libxcrypt": ["libcrypt-dev"],
    "ninja": ["ninja-build"],
    "nlohmann_json": ["nlohmann-json3-dev"],
    "openssl": ["openssl"],
    "pkg-config": ["pkgconf"],
    "prometheus-cpp": ["prometheus-cpp-dev"],
    "python3": ["python3"],
    "re2": ["libre2-dev"],
    "sdbus-cpp_2": ["libsdbus-c++-dev"],
    "spdlog": ["libspdlog-dev"],
    "systemdLibs": ["libsystemd-dev"],
    "yaml-cpp": ["libyaml-cpp-dev"],
    "zlib": ["zlib1g-dev"],
}

# What stdenv has besides (pkgs/stdenv/generic/common-path.nix, the compiler and its binutils).
STDENV = ["bash", "binutils", "bzip2", "coreutils", "diffutils", "file", "findutils", "g++", "gawk", "grep", "gzip", "make", "patch",
          "sed", "tar", "xz-utils"]


def derivation(package: Path = REPOSITORY / "nix/package.nix") -> dict:
    """What package.nix says: inputs, phases, and the files of its source."""
    done = subprocess.run(["nix-instantiate", "--eval", "--strict", "--json", HERE / "derivation.nix", "--argstr", "package", package],
                          capture_output=True, text=True, env={**os.environ, "NIX_REMOTE": "dummy://"})
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def debian(names: list[str]) -> list[str]:
    """The Debian packages of inputs; an input without any is an error."""
    if unknown := [name for name in names if name not in DEBIAN]:
        raise RuntimeError(f"tests/nix/package/inputs.py: DEBIAN has no package for {', '.join(unknown)}")
    return [package for name in names for package in DEBIAN[name]]
