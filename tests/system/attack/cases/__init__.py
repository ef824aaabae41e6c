# SPDX-License-Identifier: MIT
"""Every attack, in the order in which scripts/attack tries them."""

from ..attack import Attack
from . import clients, own, sizes, surroundings

CATALOG = (Attack("nothing", "no attack: what the same client sees"),
           *clients.ATTACKS, *surroundings.ATTACKS, *sizes.ATTACKS, *own.ATTACKS)
