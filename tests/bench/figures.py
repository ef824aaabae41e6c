# SPDX-License-Identifier: MIT
"""Figures as people read them: medians, ratios, tables."""

from statistics import median

__all__ = ["median", "ms", "ratio", "spread", "table"]


def ms(nanoseconds) -> str:
    return f"{nanoseconds / 1e6:.3f} ms" if nanoseconds < 1e7 else f"{nanoseconds / 1e6:.0f} ms"


def ratio(ours, theirs) -> str:
    return f"{ours / theirs:.2f}" if theirs else "–"


def spread(values) -> list[str]:
    """Minimum, median and maximum of times in nanoseconds."""
    return [ms(min(values)), ms(median(values)), ms(max(values))]


def table(heads, rows):
    """Prints rows of text below heads, the first column to the left, the others to the right."""
    lines = [[str(cell) for cell in row] for row in [heads, *rows]]
    widths = [max(map(len, column)) for column in zip(*lines)]
    for line in lines:
        first, *rest = (cell.ljust(width) if number == 0 else cell.rjust(width)
                        for number, (cell, width) in enumerate(zip(line, widths)))
        print("  ".join([first, *rest]).rstrip(), flush=True)
