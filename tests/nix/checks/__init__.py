# SPDX-License-Identifier: MIT
"""What tests/nix/check does, step by step; tests/system/suites/test_nix.py uses the same evaluation."""
