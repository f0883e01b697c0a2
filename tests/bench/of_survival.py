"""Cases of survival: how long customers stay, by plan."""

from __future__ import annotations

from case import Case, Sizes, asked, made
from of_customers import churn


def of_middle(sizes: Sizes) -> Case:
    return _case(sizes.middle, sizes.times)


def of_large(sizes: Sizes) -> Case:
    return _case(sizes.large, min(sizes.times, 3))


def _case(rows: int, times: int) -> Case:
    file = made("customers", rows)
    about = f"survival --by plan, {rows:,} rows : churn --by plan"
    return Case(about, asked("survival", file, "--by", "plan"), churn(file, "--by", "plan"), times, time=1.5)
