# SPDX-License-Identifier: MIT
"""The table of docs/catalogue.md is made of the kinds in config/catalogue, and of the packages that tests/system/catalogue tests."""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KINDS = ROOT / "config/catalogue"
PAGE = ROOT / "docs/catalogue.md"
TESTED = re.compile(r"`([^`]+)` [0-9]\S*")  # a package and its version

sys.path.insert(0, str(ROOT / "tests/system/catalogue"))
from services import SERVICES  # noqa: E402


def code(words) -> str:
    return ", ".join(f"`{word}`" for word in words)


def probe(arguments: dict) -> str:
    where = [arguments[key].replace("{listen}", "") for key in ("url", "tcp", "unix") if key in arguments]
    answer = arguments.get("expect", "").strip()
    return {"url": f"GET {where[0].removeprefix('http://')}",
            "tcp": f"`{answer}` over TCP", "unix": f"`{answer}` on {where[0]}"}[next(iter(arguments))]


def adds(kind: dict) -> str:
    """What a spec of that kind has besides what is seen of the unit."""
    spec = kind.get("spec", {})
    checks = spec.get("checks", {})
    out = [spec["severity"]] if "severity" in spec else []
    out += [f"settles within {spec['settle']}"] if "settle" in spec else []
    out += [probe(each) for each in kind.get("probes", [])]
    journal = checks.get("journal_errors", {})
    out += [text for key, text in (("match", "errors in its log"), ("ignore", "noise in its log")) if key in journal]
    out += ["must run, also where the bus or a socket would start it"] if "service_state" in checks else []
    out += ["test of its configuration"] if "config_test" in checks.get("unit_definition", {}) else []
    named = ("journal_errors", "service_state", "unit_definition")
    out += [f"`{check}`" for check in checks if check not in named]
    return "; ".join(out) or "its group"


def row(file: Path) -> str:
    kind = json.loads(file.read_text())
    return f"| {file.stem} | {kind['summary']} | {code(kind['units'])} | {adds(kind)} |"


def catalogue():
    """docs/catalogue.md has a row for each kind of service, with the packages that tests/system/catalogue starts."""
    found = {line.split("|")[1].strip(): line for line in PAGE.read_text().splitlines() if line.startswith("| ")}
    files = [file for file in sorted(KINDS.glob("*.json")) if not json.loads(file.read_text()).get("plumbing")]
    for file in files:
        present, wanted = found.pop(file.stem, ""), row(file)
        head, tested = present[:len(wanted)], present[len(wanted):]
        packages = {service.package for service in SERVICES if service.kind == file.stem}
        if head != wanted:
            yield PAGE, f"the row of {file.stem} should begin with {wanted}"
        elif set(TESTED.findall(tested)) != packages:
            yield PAGE, f"the row of {file.stem} should end with these and their versions: {code(sorted(packages))}"
    for name in found.keys() - {"kind", "---"}:
        yield PAGE, f"has a row of {name}, which config/catalogue does not"
