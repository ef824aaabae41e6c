# SPDX-License-Identifier: MIT
"""The Python of the VM tests, judged as nixpkgs judges it when it builds their drivers: it compiles, and pyflakes has nothing to say."""

import ast
import builtins
import json
from pathlib import Path

from . import small

DRIVER = {"machine", "subtest", "start_all", "join_all"}  # what the test driver defines
LONGEST = 79  # flake8's limit for writers.writePython3Bin


def scripts(nix: Path) -> dict[str, str]:
    text = small.nix_instantiate("--eval", "--strict", "--json", small.TESTS / "evaluator/vm-tests.nix", "--argstr", "nix", nix)
    return json.loads(text)


def judge(nix: Path) -> list[str]:
    """What is wrong with the test scripts and with the programs of the tests."""
    found = scripts(nix)
    wrong = [f"{name}: {line}" for name, text in found.items() for line in complaints(text, DRIVER)]
    wrong += [f"{name}: lacks {part}, its counter-test" for name, text in found.items()
              for part in ['subtest("spoiled")'] if part not in text]
    for file in sorted((nix / "tests").glob("*.py")):
        text = file.read_text()
        wrong += [f"{file.name}: {line}" for line in complaints(text, set())]
        wrong += [f"{file.name}:{number}: E501 line too long ({len(line)} > {LONGEST} characters)"
                  for number, line in enumerate(text.splitlines(), 1) if len(line) > LONGEST]
    return wrong


def complaints(text: str, known: set[str]) -> list[str]:
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        return [f"line {error.lineno}: {error.msg}"]
    nodes = list(ast.walk(tree))
    used = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    imported = {(alias.asname or alias.name).split(".")[0] for node in nodes if isinstance(node, (ast.Import, ast.ImportFrom))
                for alias in node.names}
    bound = {node.id for node in nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    bound |= {node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    formats = {id(node.format_spec) for node in nodes if isinstance(node, ast.FormattedValue)}
    wrong = [f"undefined name '{name}'" for name in sorted(used - bound - imported - known - set(dir(builtins)))]
    wrong += [f"'{name}' imported but unused" for name in sorted(imported - used)]
    wrong += [f"line {node.lineno}: f-string is missing placeholders" for node in nodes
              if isinstance(node, ast.JoinedStr) and id(node) not in formats
              and not any(isinstance(part, ast.FormattedValue) for part in node.values)]
    return wrong
