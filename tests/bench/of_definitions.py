"""Cases of definitions: churn under the rules of all systems."""

from __future__ import annotations

import json

from case import OURS, Case, Sizes, made
from measure import Spent
from of_customers import churn

FEWEST = 12  # profiles that define churn


def all_profiles(sizes: Sizes) -> Case:
    file = made("customers", sizes.middle)
    compare = [OURS, "compare-definitions", "churn", "--period", "2022-Q2", "--no-config", "--quiet", "--json", file]
    return Case("compare-definitions churn, all profiles : one churn", compare, churn(file), sizes.times, time=3.0, check=every_profile)


def every_profile(ours: Spent, theirs: Spent) -> None:
    lines = json.loads(ours.out)["definitions"]["lines"]
    one = json.loads(theirs.out)["results"][0]["value"]
    assert lines[0]["value"] == one, "our own definition differs from churn"
    assert sum(len(line["profiles"]) for line in lines) >= FEWEST
