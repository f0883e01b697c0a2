"""A small line of values as SVG, drawn here: a page may have a hundred of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from custmetrics_cli.core.formula import Number

WIDTH, HEIGHT, EDGE = 120.0, 30.0, 3.0


def spark(values: Sequence[Number | None]) -> str:
    """Return a line with a dot at its end. It is decoration: the text beside it has the numbers."""
    known = [(at, float(value)) for at, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return ""
    low, high = min(value for _, value in known), max(value for _, value in known)
    step = (WIDTH - 2 * EDGE) / (len(values) - 1)
    points = [(EDGE + at * step, _height(value, low, high)) for at, value in known]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dot = f'<circle cx="{points[-1][0]:.1f}" cy="{points[-1][1]:.1f}" r="2.5" fill="var(--accent)"/>'
    shape = f'<polyline points="{line}" fill="none" stroke="var(--accent)" stroke-width="1.5" stroke-linejoin="round"/>'
    return f'<svg viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" aria-hidden="true" preserveAspectRatio="none">{shape}{dot}</svg>'


def _height(value: float, low: float, high: float) -> float:
    return HEIGHT / 2 if high == low else HEIGHT - EDGE - (value - low) / (high - low) * (HEIGHT - 2 * EDGE)
