"""The sample company: its files are what the generator writes, and they agree with one another.

The checks read the files alone and count days by hand; they share nothing with the generator.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "sample_data"
NAMES = ("customers", "subscriptions", "surveys", "costs", "purchases", "activity")
EXPORT = date(2023, 1, 1)
OPEN = date.max

Span = tuple[date, date]


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str, empty: date = OPEN) -> date:
    return date.fromisoformat(text[:10]) if text else empty


def stints() -> dict[str, list[Span]]:
    """What customers.csv says: who was a customer, from which day to before which day."""
    found = defaultdict(list)
    for row in rows("customers"):
        if row["status"] not in ("trial", "never_started"):
            found[row["customer_id"]].append((day(row["started_at"]), day(row["ended_at"])))
    return {who: sorted(spans) for who, spans in found.items()}


def paid() -> dict[str, list[Span]]:
    """What subscriptions.csv says: the days each customer paid for."""
    found = defaultdict(list)
    for row in rows("subscriptions"):
        first = max(day(row["started_at"]), day(row["trial_end"], date.min))
        if row["status"] != "trial" and day(row["ended_at"]) > first:
            found[row["customer_id"]].append((first, day(row["ended_at"])))
    return found


def united(spans: list[Span]) -> list[Span]:
    """Spans that touch or overlap become one: an edge where one ends is a border only if no other span goes over it."""
    starts = sorted({s for s, _ in spans if not any(t < s <= e for t, e in spans)})
    ends = sorted({e for _, e in spans if not any(s <= e < t for s, t in spans)})
    return list(zip(starts, ends, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_files_are_what_the_generator_writes(name: str, generated: Path) -> None:
    assert (generated / f"{name}.csv").read_bytes() == (FOLDER / f"{name}.csv").read_bytes()


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    subprocess.run([sys.executable, "-B", FOLDER / "generate.py", folder], check=True)
    return folder


def test_stints_are_the_union_of_paid_rows() -> None:
    assert {who: united(spans) for who, spans in paid().items()} == stints()


def test_stints_of_a_customer_are_apart_and_serve_a_day() -> None:
    for spans in stints().values():
        assert all(start < end for start, end in spans)
        assert all(before[1] < after[0] for before, after in pairwise(spans))


def test_everyone_who_subscribed_is_in_customers() -> None:
    assert {row["customer_id"] for row in rows("subscriptions")} == {row["customer_id"] for row in rows("customers")}


def test_trials_come_before_the_first_paid_day() -> None:
    tried = [row for row in rows("subscriptions") if row["trial_end"]]
    first = {who: min(spans) for who, spans in paid().items()}
    assert len(tried) > 200
    for row in tried:
        assert day(row["started_at"]) < day(row["trial_end"])
        assert first.get(row["customer_id"], (OPEN, OPEN))[0] >= day(row["trial_end"]), f"{row['customer_id']} paid before the trial"


@pytest.mark.parametrize(("name", "dated"), [("surveys", "responded_at"), ("purchases", "date"), ("activity", "timestamp")])
def test_things_happen_only_to_customers(name: str, dated: str) -> None:
    served, strangers = stints(), []
    for row in rows(name):
        if not any(start <= day(row[dated]) < end for start, end in served.get(row["customer_id"], ())):
            strangers.append(row)
    assert strangers == []


@pytest.mark.parametrize("name", ["customers", "subscriptions"])
def test_status_is_that_of_the_day_of_the_export(name: str) -> None:
    allowed = {
        "active": lambda end: end == OPEN,
        "past_due": lambda end: end == OPEN,
        "trial": lambda end: end == OPEN,
        "active_until_end": lambda end: EXPORT < end < OPEN,
        "ended": lambda end: end <= EXPORT,
        "never_started": lambda end: end <= EXPORT,
    }
    assert [row for row in rows(name) if not allowed[row["status"]](day(row["ended_at"]))] == []
    assert all(day(row["canceled_at"], date.min) < EXPORT and day(row["started_at"]) < EXPORT for row in rows(name))


def test_money_is_whole_cents_and_a_discount_at_most_the_amount() -> None:
    for name in ("subscriptions", "purchases", "costs"):
        assert all(row["amount"].rpartition(".")[2].isdigit() and row["amount"][-3] == "." for row in rows(name))
        assert {row["currency"] for row in rows(name)} == {"EUR"}
    for row in rows("subscriptions"):
        assert row["discount"].endswith("%") or float(row["discount"] or 0) <= float(row["amount"])


def test_refunds_follow_a_purchase_of_at_least_as_much() -> None:
    orders, refunds = rows("purchases"), [row for row in rows("purchases") if row["amount"].startswith("-")]
    assert len(refunds) > 10
    for refund in refunds:
        assert any(
            (order["customer_id"], order["kind"]) == (refund["customer_id"], refund["kind"])
            and order["date"] < refund["date"]
            and float(order["amount"]) >= -float(refund["amount"])
            for order in orders
        )


def test_scores_are_on_their_scale() -> None:
    scales = {"nps": (0, 10), "csat": (1, 10), "ces": (1, 7)}
    answers = rows("surveys")
    assert {row["kind"] for row in answers} == set(scales)
    assert 10 < sum(not row["score"] for row in answers) < 100
    assert all(scales[row["kind"]][0] <= int(row["score"]) <= scales[row["kind"]][1] for row in answers if row["score"])


def test_every_month_has_costs_of_every_category() -> None:
    months = {(row["date"][:7], row["category"]) for row in rows("costs")}
    assert len(months) == 36 * 4
    assert {category for _, category in months} == {"marketing", "sales", "support", "retention"}


def test_the_company_is_believable() -> None:
    lives = stints()
    assert 1_100 <= len(lives) <= 1_300
    assert sum(len(spans) > 1 for spans in lives.values()) >= 25, "some come back"
    assert sum(end.day == 1 and end.month in (1, 4, 7, 10) for spans in lives.values() for _, end in spans) >= 5, (
        "some end on the border of a quarter"
    )
    opening = {who for who, spans in lives.items() if any(s < date(2022, 4, 1) <= e for s, e in spans)}
    closing = {who for who, spans in lives.items() if any(s < date(2022, 7, 1) <= e for s, e in spans)}
    assert 0.04 <= len(opening - closing) / len(opening) <= 0.08
    assert sum((FOLDER / f"{name}.csv").stat().st_size for name in NAMES) < 4_000_000
