# SPDX-License-Identifier: MIT
"""The page in Chromium."""
