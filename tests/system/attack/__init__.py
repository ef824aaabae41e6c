# SPDX-License-Identifier: MIT
"""Attacks on the installed daemon in a sandbox, and what a well-behaved client sees of it meanwhile: scripts/attack."""
