"""Cases of recurring revenue: its ledger, for one period and for sixty."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from case import MONTHS, Case, Sizes, asked, by_hand, made
from measure import Spent
from of_customers import same_answer

KINDS = {
    "new": "new_payers",
    "reactivation": "reactivated_payers",
    "expansion": "expanded",
    "contraction": "contracted",
    "churned": "churned_payers",
}
CENTS = 1200  # of a year, in a unit of the currency a month
QUARTER = slice(51, 54)  # of the months from January 2018

Ledger = dict[str, tuple[int, int]]  # cents a year, customers; of the edges only the cents


def one_quarter(sizes: Sizes) -> Case:
    file = made("subscriptions", sizes.large)
    about = f"mrr, {sizes.large:,} rows : DuckDB by hand"
    return Case(about, asked("mrr", file), by_hand("by_hand_duckdb_mrr.py", file), sizes.times, time=1.4, check=same_ledger)


def sixty_months(sizes: Sizes) -> Case:
    file = made("subscriptions", sizes.large)
    about = f"mrr of 60 months, {sizes.large:,} rows : one quarter, DuckDB by hand"
    hand = by_hand("by_hand_duckdb_mrr.py", file)
    return Case(about, asked("mrr", file, *MONTHS), hand, min(sizes.times, 3), time=4.0, check=same_ledger)


def against_one_month(sizes: Sizes) -> Case:
    file = made("subscriptions", sizes.large)
    about = f"mrr of 60 months, {sizes.large:,} rows : one month"
    return Case(
        about, asked("mrr", file, *MONTHS), asked("mrr", file, "--period", "2022-04"), min(sizes.times, 3), time=1.6, check=same_month
    )


def in_400_megabytes(sizes: Sizes) -> Case:
    """The smallest --memory that is kept, within a tenth."""
    file = made("subscriptions", sizes.large)
    about = f"mrr, {sizes.large:,} rows in --memory 400MB : the same without"
    return Case(about, asked("mrr", file, "--memory", "400MB"), asked("mrr", file), min(sizes.times, 3), check=same_answer, most=440)


def same_ledger(ours: Spent, theirs: Spent) -> None:
    """To the cent of a year. Of sixty months, those of the quarter together."""
    results = json.loads(ours.out)["results"]
    found = ledger([result["totals"] for result in (results[QUARTER] if len(results) > 1 else results)])
    expected = {kind: (said["mrr"], said["customers"] or 0) for kind, said in json.loads(theirs.out).items()}
    assert found == expected, f"the figures differ: {found} by us, {expected} by hand"


def ledger(totals: list[Mapping[str, Any]]) -> Ledger:
    moved = {kind: (sum(cents(each[f"{kind}_mrr"]) for each in totals), sum(each[n] for each in totals)) for kind, n in KINDS.items()}
    return {"opening": (cents(totals[0]["opening_mrr"]), 0), **moved, "closing": (cents(totals[-1]["closing_mrr"]), 0)}


def cents(money: float) -> int:
    """A year: they are whole, which four decimals of a month are not."""
    return round(money * CENTS)


def same_month(ours: Spent, theirs: Spent) -> None:
    """The month asked for alone says what it says among sixty."""
    among, alone = (json.loads(each.out)["results"] for each in (ours, theirs))
    assert len(among) == 60
    assert among[QUARTER.start] == alone[0], "the month differs among the sixty"
