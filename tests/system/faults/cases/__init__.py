# SPDX-License-Identifier: MIT
"""All faults, ordered by number; each module holds those of one theme."""

import re

from . import (addresses, boot, certificates, config, definition, dependencies, earlier, files, gpu, host, journal, late_nodes,
               limits, manager, next_boot, next_start, oneshots, own, ports, probes, refused, reported, standstill, state, unseen)

THEMES = (state, oneshots, dependencies, ports, boot, manager, config, definition, probes, gpu, late_nodes, journal,
          limits, files, host, earlier, unseen, next_start, addresses, standstill, next_boot,
          reported, certificates, own, refused)


def _order(fault):
    number, variant = re.fullmatch(r"(\d+)(\w*)", fault.number).groups()
    return int(number), variant


CATALOG = tuple(sorted((fault for theme in THEMES for fault in theme.FAULTS), key=_order))
assert len({fault.number for fault in CATALOG}) == len(CATALOG), "two faults share a number"
