#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Facts about the repository itself that a reader may rely on; each rule is a test (lint.RULE).

repository.py RULE    exits 1 and says where, if the rule is broken
"""

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", "build", "node_modules", "__pycache__"}
SOURCES = {".cpp", ".hpp", ".py", ".sh", ".cmake", ".nix", ".service", ".socket", ".timer", ".in"}
PURE_LAYERS = ("semantics", "checks", "host_checks", "parse", "config", "render")
LONGEST = 300  # lines of a production file
LONGEST_PAGE = {"README.md": 150, "ARCHITECTURE.md": 100, "CONTRIBUTING.md": 60}

# Production files that may be longer, with the reason.
MAY_BE_LONGER = {
    "include/checklist/params.hpp": "reading, printing and schema of a parameter stand side by side",
}

# Files of the pure layers whose test is that of another file, because only together they mean something.
TESTED_BY = {
    "semantics/coverings": "semantics/walk",
    "semantics/device_access": "checks/gpu_device_access",
    "semantics/device_words": "checks/gpu_device_access",
    "semantics/binding_finding": "checks/port_bindings",
    "semantics/directive": "checks/resource_limits",
    "semantics/directives_held": "checks/resource_limits",
    "semantics/hardening_in_force": "checks/hardening",
    "semantics/drop_in_set": "checks/unit_definition",
    "semantics/exec_command": "checks/unit_definition",
    "semantics/glob": "checks/unit_definition",
    "semantics/inet_binding": "checks/port_bindings",
    "semantics/leftover_holder": "checks/toggles",
    "semantics/limit_in_force": "checks/resource_limits",
    "semantics/limit_kinds": "semantics/limit_directives",
    "semantics/nixos": "host_checks/generation",
    "semantics/oneshot": "checks/service_state_oneshot",
    "semantics/restarts": "checks/service_state",
    "semantics/state_finding": "checks/service_state",
    "semantics/probe_words": "checks/health_probe",
    "semantics/rlimit_kinds": "semantics/limit_directives",
    "semantics/sandbox_kinds": "semantics/hardening_directives",
    "semantics/set_kinds": "semantics/hardening_directives",
    "semantics/system_calls": "semantics/hardening_directives",
    "semantics/unix_binding": "checks/port_bindings_unix",
    "config/json_file": "config/files",
    "config/json_text": "config/json",
    "config/names": "config/spec_file",
    "config/switches": "config/spec_file",
    "render/family": "render/exposition",
    "render/figures_families": "render/exposition",
    "render/finding_family": "render/exposition",
    "render/host_families": "render/exposition",
    "render/service_families": "render/exposition",
    "render/json_node": "render/report_json",
    "render/parse_report": "render/report_json",
}

# Debts: files of the pure layers without any test. Strike them out; add none.
UNTESTED: set[str] = set()


def files():
    for directory, folders, names in os.walk(ROOT):
        folders[:] = sorted(set(folders) - NOT_OURS)
        yield from (Path(directory, name) for name in sorted(set(names) - NOT_OURS))


def lines_of(file: Path) -> list[str]:
    """Its lines if it is text, else none."""
    try:
        return file.read_text().splitlines()
    except UnicodeDecodeError:
        return []


def named_by_its_sibling(file: Path) -> bool:
    """A .cpp whose header, and a test whose subject, says what it is."""
    return file.suffix == ".cpp" and (file.with_suffix(".hpp").exists() or file.stem.endswith("_test"))


def spdx():
    """Every source opens with its licence and then with what it is."""
    for file in files():
        lines = lines_of(file)
        script = bool(lines) and lines[0].startswith("#!")
        if script:
            lines = lines[1:]
        if not script and file.suffix not in SOURCES and file.name != "CMakeLists.txt":
            continue
        if not re.fullmatch(r"(#|//) SPDX-License-Identifier: MIT", lines[0] if lines else ""):
            yield file, "does not open with its SPDX line"
        elif not named_by_its_sibling(file) and not re.match(r'# \S|// \S|"""', "".join(lines[1:2])):
            yield file, "does not say what it is after its SPDX line"


def tests_beside():
    """Every file of a pure layer has its test, or that of another file stands for it."""
    for layer in PURE_LAYERS:
        for source in sorted((ROOT / "src" / layer).glob("*.cpp")):
            name = f"{layer}/{source.stem}"
            own, excused = (ROOT / f"tests/{name}_test.cpp").exists(), name in TESTED_BY or name in UNTESTED
            if own and excused:
                yield source, "has a test of its own: strike it from the exceptions"
            elif not own and not excused:
                yield source, f"has no tests/{name}_test.cpp"
    for name, test in TESTED_BY.items():
        for needed in (ROOT / f"src/{name}.cpp", ROOT / f"tests/{test}_test.cpp"):
            if not needed.exists():
                yield needed, "stands in TESTED_BY and does not exist"


def machine_paths():
    """Nothing knows where somebody's checkout is."""
    path = re.compile(r"(?<![\w./$}-])/work[/]")
    for file in files():
        for number, line in enumerate(lines_of(file), 1):
            if path.search(line):
                yield file, f"line {number} names a path of one machine: {line.strip()}"


def lengths():
    """Production files stay readable in one sitting, the documents shorter still."""
    limits = {ROOT / page: limit for page, limit in LONGEST_PAGE.items()}
    limits |= {file: LONGEST for folder in ("src", "include")
               for file in sorted((ROOT / folder).rglob("*.[ch]pp"))}
    for file, limit in limits.items():
        length, excused = len(lines_of(file)), str(file.relative_to(ROOT)) in MAY_BE_LONGER
        if length > limit and not excused:
            yield file, f"has {length} lines, more than {limit}"
        elif length <= limit and excused:
            yield file, f"has {length} lines by now: strike it from MAY_BE_LONGER"


RULES = {rule.__name__: rule for rule in (spdx, tests_beside, machine_paths, lengths)}


def main(name):
    broken = [f"{file.relative_to(ROOT)}: {what}" for file, what in RULES[name]()]
    print("\n".join(broken) or RULES[name].__doc__)
    return bool(broken)


sys.exit(main(sys.argv[1]))
