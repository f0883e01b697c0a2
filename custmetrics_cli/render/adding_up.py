"""Amounts of a ledger, rounded so that the shown cents add up to the shown sum (largest remainder)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from custmetrics_cli.render.numbers import half_away

Part = tuple[str, int, Fraction]  # name, sign, amount


def rounded(parts: Sequence[Part], total: Fraction, parts_of_unit: int = 100) -> Mapping[str, Fraction]:
    """Return the amounts that rounding alone would show wrongly beside the others, rounded up or down instead; by name.

    >>> third = Fraction(50, 3)
    >>> parts = [("opening", 1, third), ("new", 1, third), ("lost", -1, third / 2)]
    >>> {name: str(amount) for name, amount in rounded(parts, Fraction(25)).items()}
    {'opening': '833/50'}
    """
    exact = {name: sign * amount * parts_of_unit for name, sign, amount in parts}
    shown = {name: half_away(amount) for name, amount in exact.items()}
    off = half_away(total * parts_of_unit) - sum(shown.values())
    step = 1 if off > 0 else -1
    by_rest = sorted((name for name in exact if exact[name].denominator != 1), key=lambda name: step * (shown[name] - exact[name]))
    signs = {name: sign for name, sign, _ in parts}
    return {name: Fraction(signs[name] * (shown[name] + step), parts_of_unit) for name in by_rest[: abs(off)]}
