#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Logs without end, as a unit of the sandbox: errors, warnings, information, and lines that match."""

import random
import time

LINES = ("<3>an error", "<4>a warning", "<6>level=error as text", "<6>information", "<2>something critical",
         "<3>noise that is to be ignored")

while True:
    for _ in range(random.randint(1, 20)):
        print(random.choice(LINES))
    print(end="", flush=True)
    time.sleep(random.uniform(0.001, 0.05))
