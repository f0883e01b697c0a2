"""What two tables tell together, on random tables, against a reference that looks at every customer and day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.asking import ENGINES, ask, ask_list, question, written

FIRST = dt.date(2022, 1, 20)
FEBRUARY, MARCH = range(12, 40), range(40, 71)  # days after FIRST
HORIZON = 400
AMOUNTS = (3, 5, 11)
Of = Callable[[list["Event"], str, int], list[str]]  # the totals that a customer counts in


class Stint(NamedTuple):
    customer: str
    start: int
    length: int | None
    amount: int

    def serves(self, day: int) -> bool:
        return self.start <= day < (HORIZON if self.length is None else self.start + self.length)


class Event(NamedTuple):
    """An answer, or something that was done."""

    customer: str
    day: int
    score: int


stints = st.lists(
    st.builds(Stint, st.sampled_from("ABC"), st.integers(0, 80), st.integers(1, 60) | st.none(), st.sampled_from(AMOUNTS)), max_size=7
)
events = st.lists(st.builds(Event, st.sampled_from("ABCD"), st.integers(0, 80), st.integers(0, 10)), max_size=8)


def day(number: int) -> str:
    return (FIRST + dt.timedelta(number)).isoformat()


def tables(rows: list[Stint], those: list[Event], name: str) -> dict[str, str]:
    """name: of the table of events."""
    spans = [f"{r.customer},{day(r.start)},{'' if r.length is None else day(r.start + r.length)},{r.amount}" for r in rows]
    done = [f"{e.customer},{day(e.day)},{e.score}" for e in those]
    head = {"surveys": "customer_id,responded_at,score", "activity": "customer_id,timestamp,duration"}[name]
    return {"subscriptions": "\n".join(["customer_id,started_at,ended_at,amount", *spans]), name: "\n".join([head, *done])}


def served(rows: list[Stint], customer: str, gap: int) -> list[bool]:
    """Of every day whether it belongs to a stint, a gap that is short enough included."""
    mine = [any(row.serves(at) for row in rows if row.customer == customer) for at in range(HORIZON)]
    days = [at for at, there in enumerate(mine) if there]
    for last, back in pairwise(days):
        if back - last - 1 <= gap:
            mine[last:back] = [True] * (back - last)
    return mine


def whose(rows: list[Stint], each: Event, gap: int) -> str:
    there = served(rows, each.customer, gap)
    if not there[each.day]:
        return "outsider"
    return "stayer" if all(there[each.day :]) else "leaver"


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=15)
@given(rows=stints, those=events, gap=st.sampled_from([0, 10]))
def test_whose_answers_they_are(rows: list[Stint], those: list[Event], gap: int, engine: str) -> None:
    found: Counter[str] = Counter()
    for each in (each for each in those if each.day in FEBRUARY):
        name = "promoters" if each.score >= 9 else "passives" if each.score >= 7 else "detractors"
        found.update([f"{whose(rows, each, gap)}_{name}", f"{whose(rows, each, gap)}_answers"])
    with TemporaryDirectory() as folder:
        paths = written(Path(folder), tables(rows, those, "surveys"))
        (result,) = ask(paths, question("nps-of-leavers", "2022-02", gap=gap), engine).results
        listed = ask_list(paths, question("nps-of-leavers", "2022-02", gap=gap), "leaver_answers", engine)
    assert dict(result.totals) == {name: found[name] for name in result.totals}
    assert sum(int(row[-1] or 0) for row in listed.rows) == found["leaver_answers"]


def closing(rows: list[Stint], end: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        found[row.customer] += row.amount * row.serves(end - 1)
    return found


def by_answer(those: list[Event], customer: str, end: int) -> list[str]:
    mine = [each for each in those if each.customer == customer and each.day < end]
    if not mine:
        return ["unanswered_mrr"]
    score = min(mine, key=lambda each: (-each.day, each.score)).score
    return ["promoter_mrr" if score >= 9 else "passive_mrr" if score >= 7 else "detractor_mrr"]


def by_activity(those: list[Event], customer: str, end: int) -> list[str]:
    mine = [each.day for each in those if each.customer == customer and each.day < end]
    if any(end - 9 <= at for at in mine):
        return ["active_mrr"]
    return ["silent_mrr"] if mine else ["silent_mrr", "never_active_mrr"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("metric", "table", "of", "own"),
    [("detractor-mrr", "surveys", by_answer, {}), ("silent-mrr", "activity", by_activity, {"days": "9"})],
)
@settings(max_examples=12)
@given(rows=stints, those=events)
def test_mrr_of_customers_by_what_is_known_of_them(
    metric: str, table: str, of: Of, own: dict[str, str], rows: list[Stint], those: list[Event], engine: str
) -> None:
    name = metric.replace("-", "_")
    with TemporaryDirectory() as folder:
        paths = written(Path(folder), tables(rows, those, table))
        results = ask(paths, question(metric, "2022-02..2022-03", every="month", options=own), engine).results
        listed = ask_list(paths, question(metric, "2022-02..2022-03", options=own), name, engine)
    for result, end in zip(results, (FEBRUARY.stop, MARCH.stop), strict=True):
        found: Counter[str] = Counter()
        for customer, mrr in closing(rows, end).items():
            found.update(dict.fromkeys(["closing_mrr", *of(those, customer, end)], mrr))
        assert dict(result.totals) == {total: found[total] for total in result.totals}
    there = {who: mrr for who, mrr in closing(rows, MARCH.stop).items() if mrr and name in of(those, who, MARCH.stop)}
    assert {row[0]: row[2:] for row in listed.rows} == {who: (mrr, mrr) for who, mrr in there.items()}
