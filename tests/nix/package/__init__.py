# SPDX-License-Identifier: MIT
"""The package, built without Nix in a tree that holds what package.nix names."""
