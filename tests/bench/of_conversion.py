"""Cases of `convert`: the same question, asked of converted files and of the exports."""

from __future__ import annotations

import json

from case import Case, Sizes, asked, converted, made
from measure import Spent
from of_customers import churn


def of_customers(sizes: Sizes) -> Case:
    file = made("customers", sizes.large)
    ours = churn(converted("clean", file), "--by", "plan")
    about = f"churn --by plan, {sizes.large:,} rows of converted files : of CSV"
    return Case(about, ours, churn(file, "--by", "plan"), min(sizes.times, 3), time=0.2, check=same_results)


def of_revenue(sizes: Sizes) -> Case:
    file = made("subscriptions", sizes.large)
    about = f"mrr, {sizes.large:,} rows of converted files : of CSV"
    return Case(about, asked("mrr", converted("clean", file)), asked("mrr", file), min(sizes.times, 3), time=0.2, check=same_results)


def same_results(ours: Spent, theirs: Spent) -> None:
    found, expected = (json.loads(said.out)["results"] for said in (ours, theirs))
    assert found == expected, "the answer of converted files differs"
