# SPDX-License-Identifier: MIT
"""The oracle of the next start: what unit_definition says of random units, beside what systemd does when it starts them."""
