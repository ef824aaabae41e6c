# SPDX-License-Identifier: MIT
"""Runs the fuzz targets side by side and prints what each has done."""

import argparse
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent
ROW = "{:<18} {:>12} {:>10} {:>8} {:>8}  {}"
HEADS = ("target", "executions", "a second", "edges", "corpus", "")
SANITIZERS = {"ASAN_OPTIONS": "detect_stack_use_after_return=1", "UBSAN_OPTIONS": "print_stacktrace=1"}

# Inputs of unit tests that are seeds, too.
SHARED = {
    "daemon_file": [TESTS / "unit/config/corpus/checklistd"],
    "spec": [TESTS / "unit/config/corpus/service", TESTS.parent / "config/plan"],
    "web_file": [TESTS / "unit/config/web/corpus"],
}


class Outcome(NamedTuple):
    executions: int
    rate: int
    edges: int
    corpus: int
    finding: str  # what was found, and the input; empty if nothing


def targets() -> list[str]:
    return sorted(file.stem.removesuffix("_fuzz") for file in HERE.glob("*_fuzz.cpp"))


def options():
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description=__doc__)
    parser.add_argument("build", type=lambda path: Path(path).resolve(), help=argparse.SUPPRESS)
    parser.add_argument("names", nargs="*", metavar="TARGET", help="only these")
    parser.add_argument("--seconds", type=int, default=60, metavar="N", help="how long each runs; default: 60")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="how many run at a time; default: 2")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the random mutations; default: another each time")
    parser.add_argument("--list", action="store_true", help="name the targets")
    chosen = parser.parse_intermixed_args()
    if strangers := set(chosen.names) - set(targets()):
        parser.error(f"no target {', '.join(sorted(strangers))}; --list names them")
    return chosen


def last(pattern: str, text: str, otherwise="0") -> str:
    return ([*re.findall(pattern, text)] or [otherwise])[-1]


def found(code: int, log: str, file: Path) -> str:
    """What ended a target before its time, in a line."""
    if code == 0:
        return ""
    what = last(r"(?m)^(?:property violated: |SUMMARY: |==\d+== ERROR: )(.*)$|^(.* bytes takes .*)$", log, ("it failed", ""))
    written = last(r"Test unit written to (\S+)", log, "")
    return f"{''.join(what)}: {written or file}"


def run(name: str, chosen) -> Outcome:
    """Tries the seeds, then mutations of them until the time is over or one is a finding."""
    program = chosen.build / f"{name}_fuzz"
    kept, findings, log = (chosen.build / kind / name for kind in ("corpus", "findings", "logs"))
    for directory in (kept, findings, log.parent):
        directory.mkdir(parents=True, exist_ok=True)
    command = [program, f"-max_total_time={chosen.seconds}", f"-seed={chosen.seed}", f"-artifact_prefix={findings}/",
               "-timeout=120", "-rss_limit_mb=2560", "-print_final_stats=1"]
    words = HERE / "dictionaries" / f"{name}.dict"
    command += [f"-dict={words}"] if words.exists() else []
    command += [kept, *(seeds for seeds in [HERE / "corpus" / name, *SHARED.get(name, [])] if seeds.exists())]
    with log.open("w") as out:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, check=False,
                              env=os.environ | SANITIZERS)
    text = log.read_text(errors="replace")
    return Outcome(executions=int(last(r"stat::number_of_executed_units: (\d+)", text)),
                   rate=int(last(r"stat::average_exec_per_sec: +(\d+)", text)),
                   edges=int(last(r" cov: (\d+)", text)), corpus=int(last(r" corp: (\d+)", text)),
                   finding=found(done.returncode, text, log))


def show(name: str, outcome: Outcome):
    print(ROW.format(name, f"{outcome.executions:,}", f"{outcome.rate:,}", f"{outcome.edges:,}", f"{outcome.corpus:,}",
                     f"FINDING {outcome.finding}" if outcome.finding else "clean"), flush=True)


def main() -> int:
    chosen = options()
    names = [name for name in targets() if not chosen.names or name in chosen.names]
    if chosen.list:
        print("\n".join(names))
        return 0
    print(ROW.format(*HEADS), flush=True)
    findings = 0
    with ThreadPoolExecutor(chosen.jobs) as pool:
        for name, outcome in zip(names, pool.map(lambda name: run(name, chosen), names)):
            show(name, outcome)
            findings += bool(outcome.finding)
    if findings:
        print(f"repeat a finding: {chosen.build}/TARGET_fuzz FILE")
    print(f"{len(names) - findings} clean, {findings} findings")
    return int(findings > 0)


sys.exit(main())
