# SPDX-License-Identifier: MIT
"""From a fault to a page, at the times of the shipped configuration."""
