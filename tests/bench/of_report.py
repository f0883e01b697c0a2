"""A report of everything, beside the slowest of its metrics."""

from __future__ import annotations

import json

from case import OURS, Case, Sizes, asked, made
from measure import Spent

SLOWEST = "clv"  # by customers and by MRR, by quarter and by month


def against_slowest(sizes: Sizes) -> Case:
    files = (made("subscriptions", sizes.middle), made("customers", sizes.middle))
    about = f"report, {sizes.middle:,} rows of subscriptions and of customers : {SLOWEST}"
    report = [OURS, "report", "--period", "2022-Q2", "--no-config", "--quiet", "--json", *files]
    return Case(about, report, asked(SLOWEST, files[0], files[1]), sizes.times, time=2.0, check=same_value)


def same_value(ours: Spent, theirs: Spent) -> None:
    (among,) = [result for result in json.loads(ours.out)["results"] if result["metric"] == SLOWEST]
    (alone,) = json.loads(theirs.out)["results"]
    assert {name: among[name] for name in alone} == alone, f"{SLOWEST} differs in the report"
