# SPDX-License-Identifier: MIT
"""Fuzz targets, and what runs them side by side."""
