# SPDX-License-Identifier: MIT
"""Waiting for a condition with a deadline, for what cannot be waited for by an event."""

import time


def wait_until(condition, timeout, what="the condition", interval=0.05):
    """The first true value of `condition()`; TimeoutError naming `what` (a text or a function)."""
    deadline = time.monotonic() + timeout
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what() if callable(what) else what}, after {timeout} s")
        time.sleep(interval)
    return value
