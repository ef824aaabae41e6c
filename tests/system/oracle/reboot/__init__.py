# SPDX-License-Identifier: MIT
"""The oracle of a reboot: what checklistd says of random units, beside what a real reboot makes of them."""
