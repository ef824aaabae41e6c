# SPDX-License-Identifier: MIT
"""package.nix beside CMake's files: every dependency that they look for has its input."""

import re
from pathlib import Path

from ..package import inputs

# What CMake calls a dependency: the input that has it.
SERVED_BY = {
    "CLI11": "cli11",
    "CURL": "curl",
    "GTest": "gtest",
    "PkgConfig": "pkg-config",
    "ZLIB": "zlib",
    "gnutls": "gnutls",
    "libmicrohttpd": "libmicrohttpd",
    "libsystemd": "systemdLibs",
    "libxcrypt": "libxcrypt",
    "nlohmann_json": "nlohmann_json",
    "prometheus-cpp": "prometheus-cpp",
    "python3": "python3",
    "re2": "re2",
    "sdbus-c++": "sdbus-cpp_2",
    "spdlog": "spdlog",
    "yaml-cpp": "yaml-cpp",
}
FINDS = re.compile(r"find_package\((\S+?)[\s)]|pkg_check_modules\(\S+ [^)]*?([\w+-]+)(?:[<>=][^)]*)?\)"
                   r"|find_program\(\S+ (\S+) REQUIRED")
TOOLS = {"cmake", "ninja", "openssl"}  # which CMake does not look for: unit tests run openssl


def needed(root: Path) -> set[str]:
    """What CMake requires, by its own names."""
    files = [root / "CMakeLists.txt", *sorted((root / "cmake").glob("*.cmake"))]
    return {next(filter(None, found.groups())) for file in files for found in FINDS.finditer(file.read_text())}


def dependencies(root: Path, package: Path) -> list[str]:
    """Dependencies without an input, inputs without a dependency, and inputs that the test of the build cannot map."""
    given, wanted = inputs.derivation(package), needed(root)
    named = set(given["native"] + given["host"])
    served = {SERVED_BY[name] for name in wanted if name in SERVED_BY}
    wrong = [f"CMake looks for {name}; tests/nix/checks/package.py: SERVED_BY does not name its package"
             for name in sorted(wanted - SERVED_BY.keys())]
    wrong += [f"CMake looks for {name}, and package.nix has no input {SERVED_BY[name]}"
              for name in sorted(wanted & SERVED_BY.keys()) if SERVED_BY[name] not in named]
    wrong += [f"package.nix has the input {name}, and no file of CMake looks for it" for name in sorted(named - served - TOOLS)]
    wrong += [f"tests/nix/package/inputs.py: DEBIAN does not name {name}" for name in sorted(named - inputs.DEBIAN.keys())]
    if not given["doCheck"] or "python3" not in given["checked"]:
        wrong.append("package.nix: the unit tests and the lints do not run (doCheck, nativeCheckInputs)")
    missing = [name for name in ("LICENSE", "CMakeLists.txt") if name not in given["source"]]
    wrong += [f"package.nix: src lacks {name}" for name in missing]
    return wrong + [f"package.nix: src holds {name}, which builds nothing" for name in given["source"] if name.startswith(("nix/", "build/"))]
