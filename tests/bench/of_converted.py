"""Cases of converted folders: the same question from Parquet and from CSV."""

from __future__ import annotations

from pathlib import Path

from case import OURS, WORK, Case, Sizes, asked, made
from measure import Spent, spent


def converted(file: Path) -> Path:
    """The folder that `convert` makes of the file, made by the first run that wants it."""
    folder = WORK / file.stem
    if not folder.exists():
        spent([OURS, "convert", "--no-config", "--quiet", file, "-o", folder], WORK)
    return folder


def churn_again(sizes: Sizes) -> Case:
    file = made("customers", sizes.large)
    about = f"churn --by plan, {sizes.large:,} rows, converted : from CSV"
    ours, theirs = asked("churn", converted(file), "--by", "plan"), asked("churn", file, "--by", "plan")
    return Case(about, ours, theirs, min(sizes.times, 3), time=0.2, check=same_answer)


def ledger_again(sizes: Sizes) -> Case:
    file = made("subscriptions", sizes.large)
    about = f"MRR movements, {sizes.large:,} rows, converted : from CSV"
    ours, theirs = (asked("net-new-mrr", each, "--by", "plan") for each in (converted(file), file))
    return Case(about, ours, theirs, min(sizes.times, 3), time=0.5, check=same_answer)


def same_answer(ours: Spent, theirs: Spent) -> None:
    assert ours.out == theirs.out, "the answer from the converted folder differs"
