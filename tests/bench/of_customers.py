"""Cases of customers: the rate at which they leave, by plan."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from case import MONTHS, WORK, Case, Check, Command, Sizes, asked, by_hand, made
from measure import Spent, spent

FIGURES = ("opening", "closing", "new", "reactivated", "lost")
MEGABYTE = 1024 * 1024


def churn(file: Path, *more: str | Path) -> Command:
    return asked("churn", file, *more)


def same_figures(file: Path) -> Check:
    """Ours and theirs must agree, plan by plan, before their times are compared."""

    def check(ours: Spent, theirs: Spent) -> None:
        by_hand = json.loads(theirs.out)
        ledger = spent(asked("customers", file, "--by", "plan"), WORK)
        for names, said in ((FIGURES, ledger), (("opening", "lost"), ours)):
            found = {r["group"]["plan"]: {name: r["totals"][name] for name in names} for r in json.loads(said.out)["results"]}
            expected = {plan: {name: counts[name] for name in names} for plan, counts in by_hand.items()}
            assert found == expected, f"the figures differ: {found} by us, {expected} by hand"

    return check


def little(sizes: Sizes) -> Case:
    file = made("customers", sizes.small)
    return Case(f"churn, {sizes.small:,} rows : import pandas", churn(file), [sys.executable, "-c", "import pandas"], 15, time=1.35)


def against_pandas(sizes: Sizes) -> Case:
    file = made("customers", sizes.middle)
    about = f"churn --by plan, {sizes.middle:,} rows : pandas by hand"
    hand = by_hand("by_hand_pandas.py", file)
    return Case(about, churn(file, "--by", "plan"), hand, sizes.times, time=0.8, check=same_figures(file))


def against_duckdb(sizes: Sizes) -> Case:
    file = made("customers", sizes.large)
    about = f"churn --by plan, {sizes.large:,} rows : DuckDB by hand"
    hand = by_hand("by_hand_duckdb.py", file)
    return Case(about, churn(file, "--by", "plan"), hand, sizes.times, time=1.4, memory=1.5, check=same_figures(file))


def sixty_months(sizes: Sizes) -> Case:
    file = made("customers", sizes.large)
    about = f"60 months, {sizes.large:,} rows : one period"
    return Case(about, churn(file, *MONTHS), churn(file), min(sizes.times, 3), time=2.0, check=sixty)


def sixty(ours: Spent, theirs: Spent) -> None:
    assert len(json.loads(ours.out)["results"]) == 60


def beyond_memory(sizes: Sizes) -> Case:
    file = made("customers", sizes.large)
    about = f"a file of {file.stat().st_size // MEGABYTE} MB in --memory {sizes.memory} : the same without"
    within = churn(file, "--by", "plan", "--memory", sizes.memory)
    return Case(about, within, churn(file, "--by", "plan"), min(sizes.times, 3), check=same_answer)


def same_answer(ours: Spent, theirs: Spent) -> None:
    assert ours.out == theirs.out, "the answer within --memory differs"


def in_400_megabytes(sizes: Sizes) -> Case:
    """The smallest --memory that is kept, within a tenth."""
    file = made("customers", sizes.large)
    within = churn(file, "--by", "plan", "--memory", "400MB")
    about = f"churn --by plan, {sizes.large:,} rows in --memory 400MB : the same without"
    return Case(about, within, churn(file, "--by", "plan"), min(sizes.times, 3), check=same_answer, most=440)
