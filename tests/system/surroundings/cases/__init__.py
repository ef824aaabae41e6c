# SPDX-License-Identifier: MIT
"""All faults of the surroundings, in the order in which they are tried."""

from . import bus, journal, kernel, own

CATALOG = bus.FAULTS + journal.FAULTS + kernel.FAULTS + own.FAULTS
