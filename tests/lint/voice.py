#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Counts words that tell how comments and texts sound, and names the places of those that are not used here.

voice.py            prints the words per 10,000 words of the comments of src and include, and of the texts users read
voice.py WORD...    prints the places of words
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Pictures and old words, each with what to write instead.
UNWANTED = {
    "nobody": "name what is missing: no process, no unit, not set",
    "whoever": "name the role: the caller, the owner, the client",
    "anew": "again, or the verb with re-",
    "somebody": "name the role, or use the passive",
    "in earnest": "outside tests",
    "heed": "apply, follow, use",
    "told": "reported, known, passed to",
}
# Right uses: texts around a word, by the beginning of the path.
ALLOWED: dict[str, tuple[str, ...]] = {"src/checks/definition/start_accounts.cpp": ('"nobody"',)}  # the account
CONTRACT = ("return", "returns", "if", "error", "errors", "must", "should", "remove", "callback", "previous")
PICTURES = ("nobody", "somebody", "whoever", "anew", "in earnest", "heed", "tell", "tells", "told", "stands", "lies", "former",
            "door", "guest", "knock", "patience", "household")
COMMENT = re.compile(r"(?<![:\"'\w])//(?!/)\s?(.*)")
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


def sources() -> list[Path]:
    return sorted(file for top in ("src", "include") for file in (ROOT / top).rglob("*.[ch]pp"))


def documents() -> list[Path]:
    return sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])


def comments_of(file: Path) -> str:
    return "\n".join(found[1] for line in file.read_text().splitlines() if (found := COMMENT.search(line))
                     and "SPDX" not in line)


def texts_of(file: Path) -> str:
    """The string literals that read as sentences: with a space, not an include."""
    code = "\n".join(COMMENT.sub("", line) for line in file.read_text().splitlines() if not line.startswith("#"))
    return "\n".join(text for text in LITERAL.findall(code) if " " in text)


def pattern(word: str) -> re.Pattern:
    return re.compile(rf"(?<![\w-]){word}(?![\w-])", re.I)


def rates(text: str) -> tuple[int, dict[str, float]]:
    """The number of words, and how often each counted one occurs in 10,000."""
    total = len(re.findall(r"[A-Za-z']+", text))
    return total, {word: 10_000 * len(pattern(word).findall(text)) / max(total, 1) for word in PICTURES + CONTRACT}


def show():
    kinds = {"comments": "\n".join(map(comments_of, sources())), "texts": "\n".join(map(texts_of, sources())),
             "documents": "\n".join(file.read_text() for file in documents())}
    counted = {kind: rates(text) for kind, text in kinds.items()}
    print(f"{'per 10,000 words':20}" + "".join(f"{kind:>12}" for kind in kinds))
    for word in PICTURES + CONTRACT:
        print(f"{word:20}" + "".join(f"{per[word]:12.1f}" for _, per in counted.values()))
    print(f"{'words':20}" + "".join(f"{total:12}" for total, _ in counted.values()))


def places(words):
    """Where words occur in sources, their identifiers included, and documents."""
    for file in [*sources(), *documents()]:
        for number, line in enumerate(file.read_text().splitlines(), 1):
            for word in words:
                for found in re.finditer(rf"(?<![a-zA-Z]){word}(?![a-zA-Z])", line, re.I):
                    yield file, number, word, line.strip(), found


def is_allowed(file: Path, line: str) -> bool:
    name = str(file.relative_to(ROOT))
    return any(name.startswith(prefix) and text in line for prefix, texts in ALLOWED.items() for text in texts)


def voice():
    """Sources and documents use the plain words of the field."""
    for file, number, word, line, _ in places(UNWANTED):
        if not is_allowed(file, line):
            yield file, f"line {number} says '{word}' ({UNWANTED[word]}): {line}"


if __name__ == "__main__":
    if sys.argv[1:]:
        for file, number, word, line, _ in places(sys.argv[1:]):
            print(f"{file.relative_to(ROOT)}:{number}: {line}")
    else:
        show()
