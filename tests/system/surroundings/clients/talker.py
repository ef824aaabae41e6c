#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Logs a numbered error every INTERVAL seconds, as a unit of the sandbox: `talker.py INTERVAL`."""

import itertools
import sys
import time

for number in itertools.count():
    print(f"<3>error {number}", flush=True)
    time.sleep(float(sys.argv[1]))
