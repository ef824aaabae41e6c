# SPDX-License-Identifier: MIT
"""Texts of neighbours that want to steer a terminal, a page or a log, and what none of the outputs may have of them."""

import re

# A window's title, a cleared screen, red letters as one C1 character, a right-to-left override, markup, a metric's end.
NAME = "\x1b]0;owned\x07\x1b[2J\u009b31m\u202e<img src=x onerror=alert(1)>\"'&}|FORGED"  # as a file may be called
TEXT = NAME + "\n<3>forged line\n</script><script>alert(2)</script>"
SAYS = "FORGED"  # what is shown of them all the same

# C0 but line feed and tab, DEL, C1, marks and overrides of direction: Unicode's characters that are not shown but obeyed.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
COLOUR = re.compile("\x1b\\[[0-9;]*m")


def faults_of(text: str) -> list[str]:
    """What steers a terminal in it, and lines that the neighbours made."""
    return STEERING.findall(text) + [line for line in text.splitlines() if re.match(r"(<3>)?forged line", line)]


def faults_of_terminal(text: str) -> list[str]:
    """The same of what is printed to a terminal, which ends its lines by CR LF and may have colours."""
    return faults_of(COLOUR.sub("", text.replace("\r\n", "\n")))
