# SPDX-License-Identifier: MIT
"""What people look at, as they see it: the dashboards and the page, drawn by Chromium."""
