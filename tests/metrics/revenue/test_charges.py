"""MRR from random charges, against a slow reference that follows each charge."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from fractions import Fraction
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.asking import ENGINES, ask, question, written
from tests.support.reading import text

FIRST = dt.date(2021, 1, 1)
BORDERS = [(dt.date(2022, month, 1) - FIRST).days for month in (4, 7)]
CHARGE = st.tuples(
    st.sampled_from(["A", "B"]), st.sampled_from([0, 300, 365, 400, 430, 460, 490, 520]), st.integers(-4, 6), st.sampled_from([10, 24])
)
Charge = tuple[str, int, int, int]
Day = tuple[str, int, int]  # customer, day, amount


def months(days: int) -> int:
    return 1 if 26 <= days <= 35 else 12 if 358 <= days <= 372 else 0


def spans(charges: Counter[Day]) -> list[tuple[Day, int, int]]:
    """Return each charge that recurs, with its months and the day after its last one."""
    found = {}
    for name, day, amount in charges:
        same = sorted(other for who, other, paid in charges if (who, paid) == (name, amount))
        at = same.index(day)
        back = months(day - same[at - 1]) if at else 0
        ahead = months(same[at + 1] - day) if at + 1 < len(same) else 0
        if ahead or back:
            found[name, day, amount] = (back, ahead, same[at + 1] if ahead else day + {1: 31, 12: 366}[back])
    ended = []
    for (name, day, amount), (back, ahead, end) in found.items():
        others = [(d, before) for (who, d, paid), (before, _, _) in found.items() if who == name and paid != amount]
        firsts = [d for d, before in others if not before and months(d - day) == back]
        ended.append(((name, day, amount), ahead or back, end if ahead or not firsts else min(firsts)))
    return ended


@settings(max_examples=50, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CHARGE, min_size=1, max_size=14), st.sampled_from(ENGINES))
def test_mrr_is_the_sum_of_the_charges_that_recur(tmp_path: Path, made: list[Charge], engine: str) -> None:
    charges = Counter((name, max(day + shift, 0), amount) for name, day, shift, amount in [*made, ("Z", 600, 0, 10)])
    cells = [[name, (FIRST + dt.timedelta(day)).isoformat(), amount] for name, day, amount in charges.elements()]
    paths = written(tmp_path, {"purchases": text(["customer_id", "date", "amount"], cells)})
    (result,) = ask(paths, question("mrr", "2022-Q2", "charges"), engine).results
    for border, name in zip(BORDERS, ("opening_mrr", "closing_mrr"), strict=True):
        running = [(key, count) for key, count, end in spans(charges) if key[1] < border <= end]
        assert result.totals[name] == sum(Fraction(key[2], length) * charges[key] for key, length in running)
    before = [key for key in charges if key[1] < BORDERS[1]]
    recurring = {key for key, _, _ in spans(charges)}
    assert result.totals["charges"] == sum(charges[key] for key in before)
    assert result.totals["recurring_charges"] == sum(charges[key] for key in before if key in recurring)
