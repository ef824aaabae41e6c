# SPDX-License-Identifier: MIT
"""Faults of the daemon's surroundings, kills and a soak, each under load in a sandbox: scripts/surroundings."""
