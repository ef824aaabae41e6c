# SPDX-License-Identifier: MIT
"""The command line of scripts/start-oracle."""

from ..command import main
from ..outcome import Oracle
from . import __doc__ as about
from .bench import LAYERS, Bench
from .case import simpler
from .draw import draw
from .regressions import regressions

main(Oracle(name="start-oracle", about=about, bench=Bench, draw=draw, simpler=simpler, regressions=regressions(),
            layers=LAYERS, cases=1000, least_share=0.2, most_undecided=0.03, judge="systemd", batch=125))
