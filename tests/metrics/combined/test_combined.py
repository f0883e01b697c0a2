"""Compare metrics of two tables with a reference that looks at every customer and day, on random tables.

The tables have many customers and are split by customer, because reading them takes longer than all else. A wrong customer is named.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.support.asking import ENGINES, ask, ask_list, known_question, question, written

FIRST = dt.date(2022, 1, 20)
FEBRUARY, MARCH = range(12, 40), range(40, 71)  # days after FIRST
HORIZON = 400
AMOUNTS = (3, 5, 11)
Of = Callable[[list["Event"], str, int], list[str]]  # returns the totals in which a customer counts


class Stint(NamedTuple):
    customer: str
    start: int
    length: int | None
    amount: int

    def serves(self, day: int) -> bool:
        return self.start <= day < (HORIZON if self.length is None else self.start + self.length)


class Event(NamedTuple):
    """An answer to a survey, or an event of activity."""

    customer: str
    day: int
    score: int


NAMES = [f"C{n:02}" for n in range(60)]
FEW = settings(max_examples=3, phases=[Phase.generate])


class Crowd(NamedTuple):
    """Customers with and without stints and events."""

    stints: list[Stint]
    events: list[Event]

    def __repr__(self) -> str:
        return f"<{len(self.stints)} stints, {len(self.events)} events>"


def thrown(seed: int) -> Crowd:
    dice = Random(seed)
    crowd = Crowd([], [])
    for who in NAMES:
        mine = [*spans(dice, who)]
        crowd.stints.extend(mine)
        crowd.events.extend(done(dice, who, [day for row in mine for day in (row.start, row.start + (row.length or 0))]))
    dice.shuffle(crowd.stints)
    dice.shuffle(crowd.events)
    return crowd


def spans(dice: Random, who: str) -> Iterator[Stint]:
    """Yield stints. Half of them begin at the end of the one before, or as many days later as --gap bridges, or one more."""
    end: int | None = None
    for _ in range(dice.randint(0, 3)):
        start = dice.randint(0, 80) if end is None or dice.random() < 0.5 else end + dice.choice([0, 1, 10, 11])
        length = dice.choice([None, dice.randint(1, 60), dice.randint(1, 20)])
        end = None if length is None else start + length
        yield Stint(who, start, length, dice.choice(AMOUNTS))


def done(dice: Random, who: str, edges: list[int]) -> Iterator[Event]:
    """Yield events. Half of them are where a stint begins or ends, or on the day of another event."""
    days = [*edges]
    for _ in range(dice.randint(0, 4)):
        days.append(dice.randint(0, 80) if not days or dice.random() < 0.5 else max(0, dice.choice(days) + dice.choice([-1, 0, 0, 1])))
        yield Event(who, days[-1], dice.randint(0, 10))


crowds = st.builds(thrown, st.integers(0, 2**32))


def day(number: int) -> str:
    return (FIRST + dt.timedelta(number)).isoformat()


def tables(crowd: Crowd, name: str) -> dict[str, str]:
    """Return the CSV text of both tables. name: of the table of events."""
    ends = ("" if row.length is None else day(row.start + row.length) for row in crowd.stints)
    spans = [f"{r.customer},{r.customer},{day(r.start)},{end},{r.amount}" for r, end in zip(crowd.stints, ends, strict=True)]
    done = [f"{e.customer},{e.customer},{day(e.day)},{e.score}" for e in crowd.events]
    head = {"surveys": "customer_id,who,responded_at,score", "activity": "customer_id,who,timestamp,duration"}[name]
    texts = {"subscriptions": ["customer_id,who,started_at,ended_at,amount", *spans], name: [head, *done]}
    return {table: "".join(f"{line}\n" for line in lines) for table, lines in texts.items()}


def served(rows: list[Stint], customer: str, gap: int) -> list[bool]:
    """Return for every day whether it belongs to a stint, bridged gaps included."""
    own = [row for row in rows if row.customer == customer]
    mine = [any(row.serves(at) for row in own) for at in range(HORIZON)]
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
@FEW
@given(crowd=crowds, gap=st.sampled_from([0, 10]))
def test_answers_of_leavers_stayers_and_outsiders_match_the_reference(crowd: Crowd, gap: int, engine: str) -> None:
    found: dict[str | None, Counter[str]] = {who: Counter() for who in NAMES}
    for each in (each for each in crowd.events if each.day in FEBRUARY):
        name, of = "promoters" if each.score >= 9 else "passives" if each.score >= 7 else "detractors", whose(crowd.stints, each, gap)
        found[each.customer].update([f"{of}_answers"] if of == "outsider" else [f"{of}_answers", f"{of}_{name}"])
    with TemporaryDirectory() as folder:
        paths = written(Path(folder), tables(crowd, "surveys"))
        (whole,) = ask(paths, question("nps-of-leavers", "2022-02", gap=gap), engine).results
        each_of = ask(paths, question("nps-of-leavers", "2022-02", gap=gap, by=["who"]), engine).results
        listed = ask_list(paths, question("nps-of-leavers", "2022-02", gap=gap), "leaver_answers", engine)
    everyone = sum(found.values(), Counter())
    assert dict(whole.totals) == {name: everyone[name] for name in whole.totals}
    assert nonempty({result.group["who"]: Counter(dict(result.totals)) for result in each_of}) == nonempty(found)
    answers: Counter[object] = Counter()
    for row in listed.rows:
        answers[row[0]] += int(row[-1] or 0)
    assert answers == {who: counts["leaver_answers"] for who, counts in found.items() if counts["leaver_answers"]}


def nonempty(found: Mapping[str | None, Counter[str]]) -> dict[str | None, Counter[str]]:
    return {who: +counts for who, counts in found.items() if +counts}


def closing(rows: list[Stint], end: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        found[row.customer] += row.amount * row.serves(end - 1)
    return found


def by_answer(those: list[Event], customer: str, end: int) -> list[str]:
    mine = [each for each in those if each.customer == customer and each.day < end]
    if not mine:
        return ["unanswered_mrr"]
    score = max(enumerate(mine), key=lambda each: (each[1].day, each[0]))[1].score
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
@FEW
@given(crowd=crowds)
def test_mrr_at_risk_matches_the_reference(metric: str, table: str, of: Of, own: dict[str, str], crowd: Crowd, engine: str) -> None:
    name = metric.replace("-", "_")
    with TemporaryDirectory() as folder:
        paths = written(Path(folder), tables(crowd, table))
        asked = known_question(metric, "2022-02..2022-03", every="month", options=own)
        months, each_of = (ask(paths, asked._replace(by=by), engine).results for by in ((), ("who",)))
        listed = ask_list(paths, known_question(metric, "2022-02..2022-03", options=own), name, engine)
    for result, end in zip(months, (FEBRUARY.stop, MARCH.stop), strict=True):
        found: dict[str | None, Counter[str]] = {}
        for customer, mrr in closing(crowd.stints, end).items():
            found[customer] = Counter(dict.fromkeys(["closing_mrr", *of(crowd.events, customer, end)], mrr))
        everyone = sum(found.values(), Counter())
        assert dict(result.totals) == {total: everyone[total] for total in result.totals}
        here = {one.group["who"]: Counter(dict(one.totals)) for one in each_of if one.period == result.period}
        assert nonempty(here) == nonempty(found)
    payers = closing(crowd.stints, MARCH.stop).items()
    there = {who: mrr for who, mrr in payers if mrr and name in of(crowd.events, who, MARCH.stop)}
    assert {row[0]: row[2:] for row in listed.rows} == {who: (mrr, mrr) for who, mrr in there.items()}
