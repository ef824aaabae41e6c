# SPDX-License-Identifier: MIT
"""Tests of the modules in nix/."""
