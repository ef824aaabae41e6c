#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Rules of the repository itself; each is a test (lint.RULE).

repository.py RULE    prints the violations and exits with 1 if there are any
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from catalogue import catalogue
from promises import promises
from voice import voice

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", "build", "node_modules", "__pycache__"}
SOURCES = {".cpp", ".hpp", ".py", ".sh", ".cmake", ".nix", ".service", ".socket", ".timer", ".in"}
PURE_LAYERS = ("access", "semantics", "checks", "host_checks", "parse", "config", "render")
LONGEST = 300  # lines of a production file
FULLEST = 40  # files of a folder
LONGEST_PAGE = {"README.md": 150, "ARCHITECTURE.md": 100, "CONTRIBUTING.md": 60}

# Production files that may be longer, with the reason.
MAY_BE_LONGER: dict[str, str] = {}

# Files of the pure layers that the test of another file covers, because only together they mean something.
TESTED_BY = {
    "access/client_names": "access/tls",
    "access/handshake": "http/tls",
    "checks/definition/loaded_files": "checks/unit_definition",
    "checks/devices/gpu_purpose": "checks/gpu_device_access",
    "checks/directives/directive": "checks/resource_limits",
    "checks/directives/evaluate_directives": "checks/resource_limits",
    "checks/directives/hardening_in_force": "checks/hardening",
    "checks/directives/limit_in_force": "checks/resource_limits",
    "checks/directives/limit_types": "checks/resource_limits",
    "checks/directives/rlimit_types": "checks/resource_limits",
    "checks/directives/sandbox_types": "checks/hardening",
    "checks/directives/set_types": "checks/hardening",
    "checks/paths/named_files": "checks/files",
    "checks/sockets/binding_finding": "checks/port_bindings",
    "checks/state/oneshot": "checks/service_state_oneshot",
    "config/json_file": "config/files",
    "config/json_text": "config/json",
    "config/names": "config/spec_file",
    "config/switches": "config/spec_file",
    "config/web/tls_section": "config/web/web_file",
    "config/web/yaml_file": "config/web/web_file",
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
    """Every file of a pure layer has its test, or that of another file covers it."""
    for layer in PURE_LAYERS:
        for source in sorted((ROOT / "src" / layer).rglob("*.cpp")):
            name = str(source.relative_to(ROOT / "src").with_suffix(""))
            own, excused = (ROOT / f"tests/unit/{name}_test.cpp").exists(), name in TESTED_BY or name in UNTESTED
            if own and excused:
                yield source, "has a test of its own: remove it from the exceptions"
            elif not own and not excused:
                yield source, f"has no tests/unit/{name}_test.cpp"
    for name, test in TESTED_BY.items():
        for needed in (ROOT / f"src/{name}.cpp", ROOT / f"tests/unit/{test}_test.cpp"):
            if not needed.exists():
                yield needed, "is listed in TESTED_BY and does not exist"


def words_of_systemd():
    """src/semantics holds words of systemd and the kernel: it knows no View and no Finding."""
    judging = re.compile(r"\b(View|HostView|Finding|Findings)\b|checklist/(view|finding|check)\.hpp")
    for file in sorted((ROOT / "src/semantics").rglob("*.[ch]pp")):
        for number, line in enumerate(lines_of(file), 1):
            if judging.search(line):
                yield file, f"line {number} judges facts, which is for src/checks: {line.strip()}"


def commands():
    """Hints get their commands from src/checks/view/command.hpp, which decides between the system's manager and a user's."""
    spelt = re.compile(r"--user\b(?!-)|\b(systemctl|journalctl) ")
    for layer in ("checks", "host_checks"):
        for file in sorted((ROOT / "src" / layer).rglob("*.[ch]pp")):
            if file == ROOT / "src/checks/view/command.hpp":
                continue
            for number, line in enumerate(lines_of(file), 1):
                code = re.sub(r"^\s*//.*|\s//\s.*", "", line)
                if any(spelt.search(literal) for literal in re.findall(r'"((?:[^"\\]|\\.)*)"', code)):
                    yield file, f"line {number} spells a command: {line.strip()}"


def folder_sizes():
    """No folder of sources is too full to be read as a table of contents."""
    for folder in sorted(path for top in ("src", "include") for path in (ROOT / top).rglob("*") if path.is_dir()):
        count = sum(path.is_file() for path in folder.iterdir())
        if count > FULLEST:
            yield folder, f"has {count} files, more than {FULLEST}"


def machine_paths():
    """No file names a path of one machine."""
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


def metrics():
    """docs/metrics.md is what docs/generate-metrics writes."""
    done = subprocess.run([sys.executable, ROOT / "docs/generate-metrics", "--check"], capture_output=True, text=True, check=False)
    if done.returncode:
        yield ROOT / "docs/metrics.md", done.stdout.strip() + done.stderr.strip()


RULES = {rule.__name__: rule for rule in (spdx, tests_beside, words_of_systemd, commands, folder_sizes, machine_paths, lengths,
                                           promises, voice, catalogue, metrics)}


def main(name):
    broken = [f"{file.relative_to(ROOT)}: {what}" for file, what in RULES[name]()]
    print("\n".join(broken) or RULES[name].__doc__)
    return bool(broken)


sys.exit(main(sys.argv[1]))
