# SPDX-License-Identifier: MIT
"""What documents, units, alerts and dashboards refer to: commands, man pages, files and metrics. See promises()."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob(".github/**/*.md"), *ROOT.glob("docs/**/*.md"),
                    *ROOT.glob("tests/**/README.md")])
PROGRAMS = sorted(file for folder in ("systemd", "config", "nix", "scripts") for file in (ROOT / folder).rglob("*")
                  if file.suffix in {".in", ".yml", ".json", ".ts", ".nix", ".sh", ".py", ""} and file.is_file()
                  and "node_modules" not in file.parts and "out" not in file.parts)
FOLDERS = "docs|tests|scripts|config|nix|src|include|cmake|systemd"
# A path of this repository; one with a placeholder (NAME, *, …) ends at it and is not looked at.
PATH = re.compile(rf"(?<![\w./-])(?:{FOLDERS})/[\w./-]*[\w/](?![\w*…<{{$-])")
PLACEHOLDER = re.compile(r"[A-Z]{4,}|LETTER")
METRIC = re.compile(r"(?<![\w:])checklist_\w*[a-z](?![\w:])")
NOT_METRICS = {"checklist_layer"}  # a function of the build


def lines_of(file: Path) -> list[str]:
    try:
        return file.read_text().splitlines()
    except UnicodeDecodeError:
        return []


def subcommands() -> set[str]:
    """The subcommands of checklistctl, as src/ctl declares them."""
    return {name for file in (ROOT / "src/ctl").rglob("*.cpp")
            for name in re.findall(r'add_subcommand\(\s*"([a-z-]+)"', file.read_text())}


def exported(golden: str) -> set[str]:
    """The metrics of a golden exposition, which has a sample of every family, and the samples of its summaries."""
    kinds = dict(re.findall(r"^# TYPE (\w+) (\w+)$", (ROOT / "tests/unit/render/golden" / golden).read_text(), re.M))
    return set(kinds) | {f"{name}_{part}" for name, kind in kinds.items() if kind == "summary" for part in ("sum", "count")}


def code_of(file: Path):
    """Numbered lines of a document that are commands or code, or all lines of a program that are no comment."""
    fenced = False
    for number, line in enumerate(lines_of(file), 1):
        if file.suffix != ".md":
            if not re.match(r"\s*(#|//)", line):
                yield number, line
        elif line.lstrip().startswith("```"):
            fenced = not fenced
        elif fenced:
            yield number, line
        else:
            yield from ((number, span) for span in re.findall(r"`([^`]+)`", line))


def commands():
    known = subcommands()
    for file in [*DOCUMENTS, *PROGRAMS]:
        for number, code in code_of(file):
            for word in re.findall(r"\bchecklistctl ([a-z][a-z-]*)", code):
                if word not in known:
                    yield file, f"line {number} names `checklistctl {word}`, which does not exist"


def man_pages():
    for file in [*DOCUMENTS, *PROGRAMS]:
        for number, line in enumerate(lines_of(file), 1):
            for name, section in re.findall(r"\b(checklist[\w.-]*)\((\d)\)", line):
                if not (ROOT / f"docs/man/{name}.{section}").exists():
                    yield file, f"line {number} refers to {name}({section}), which does not exist"


def paths():
    for file in DOCUMENTS:
        text = file.read_text()
        for link in re.findall(r"\]\(([^)#\s]+)", text):
            if "://" not in link and not (file.parent / link).exists():
                yield file, f"links to {link}, which does not exist"
        for _, code in code_of(file):
            for path in PATH.findall(code):
                folder = path.split("/")[0]  # a package's source may be without one, as nix/package.nix is without nix/
                if (ROOT / folder).exists() and not PLACEHOLDER.search(path) and not (ROOT / path.rstrip(".")).exists():
                    yield file, f"names {path}, which does not exist"


def metrics():
    boards = [ROOT / "config/prometheus/checklistd.rules.yml", *(ROOT / "config/grafana/dashboards").glob("*.json")]
    # A document may name what is exported on request; rules and dashboards work without it.
    for files, golden in ((DOCUMENTS, "exposition_whole.txt"), (boards, "exposition.txt")):
        known = exported(golden) | NOT_METRICS
        for file in files:
            for name in sorted(set(METRIC.findall(file.read_text())) - known):
                yield file, f"uses the metric {name}, which nothing exports"


def promises():
    """Documents, units, alerts and dashboards name only commands, man pages, files and metrics that exist."""
    for rule in (commands, man_pages, paths, metrics):
        yield from rule()
