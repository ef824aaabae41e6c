# SPDX-License-Identifier: MIT
"""What nix/check does, step by step; tests/system/test_nix.py uses the same evaluation."""
