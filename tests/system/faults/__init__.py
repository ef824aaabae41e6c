# SPDX-License-Identifier: MIT
"""Injects faults into a sandbox one by one and shows what checklistd makes of each: scripts/faults."""
