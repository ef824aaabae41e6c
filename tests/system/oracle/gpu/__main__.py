# SPDX-License-Identifier: MIT
"""The command line of scripts/gpu-oracle."""

from ..command import main
from ..outcome import Oracle
from . import __doc__ as about
from .bench import LAYERS, Bench
from .case import simpler
from .draw import draw
from .regressions import regressions

main(Oracle(name="gpu-oracle", about=about, bench=Bench, draw=draw, simpler=simpler, regressions=regressions(),
            layers=tuple(set(LAYERS.values())), cases=2000, least_share=0.05, most_undecided=0.02, judge="the kernel"))
