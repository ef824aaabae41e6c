# SPDX-License-Identifier: MIT
"""Oracles: what a check says of random units, beside what the kernel or systemd does with them."""
