"""Compare first trials of random customers with a plain count of each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.support.asking import ENGINES, ask, question, written

FIRST = dt.date(2022, 1, 1)
PERIOD, START, END, KNOWN = "2022-01-10..2022-01-23", 9, 23, 26
NAMES = ("trials", "converted", "lapsed", "running")


class Item(NamedTuple):
    """A subscription of a customer, perhaps with a trial. on_trial: its status is trial."""

    start: int
    trial_end: int | None
    end: int | None
    on_trial: bool

    @property
    def tried(self) -> bool:
        return self.on_trial or (self.trial_end is not None and self.trial_end > self.start)

    @property
    def paid(self) -> list[int]:
        """Return the first paid day, if there is one."""
        day = self.start if self.trial_end is None else max(self.start, self.trial_end)
        return [day] if not self.on_trial and (self.end is None or day < self.end) else []

    @property
    def runs(self) -> bool:
        """Return whether the trial still runs after the last known day."""
        over = min(day for day in (self.trial_end, self.end, KNOWN + 1) if day is not None)
        return self.on_trial or over > KNOWN


def day(number: int | None) -> str:
    return "" if number is None else (FIRST + dt.timedelta(number)).isoformat()


@st.composite
def items(draw: st.DrawFn, tried: bool) -> Item:
    start = draw(st.integers(0, 25))
    trial_end = draw(st.integers(start + 1, start + 12)) if tried else draw(st.none() | st.integers(start - 3, start))
    end = draw(st.none() | st.integers(start + 1, start + 15))
    return Item(start, trial_end, end, tried and end is None and draw(st.booleans()))


people = st.lists(
    st.tuples(st.lists(items(True), max_size=1), st.lists(items(False), max_size=2)).map(lambda both: both[0] + both[1]),
    min_size=40,
    max_size=60,
)


def counted(own: list[Item]) -> list[str]:
    """Return the totals in which a customer with at most one trial counts."""
    paid = [day for item in own for day in item.paid]
    for item in (item for item in own if item.tried and START <= item.start < END):
        if min(paid, default=KNOWN) >= item.start:
            return ["trials", "converted" if min(paid, default=KNOWN + 1) <= KNOWN else "running" if item.runs else "lapsed"]
    return []


def csv(crowd: list[list[Item]]) -> str:
    rows = [
        f"C{n:02},C{n:02},{day(item.start)},{day(item.end)},{day(item.trial_end)},{'trial' if item.on_trial else ''},10\n"
        for n, own in enumerate(crowd)
        for item in own
    ]
    return "customer_id,who,started_at,ended_at,trial_end,status,amount\n" + "".join(rows)


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=5, phases=[Phase.generate])
@given(crowd=people)
def test_each_first_trial_has_one_outcome(crowd: list[list[Item]], engine: str) -> None:
    crowd = [*crowd, [Item(0, None, None, False)]]
    with TemporaryDirectory() as folder:
        asked = question("trial-conversion", PERIOD, by=["who"], as_of=FIRST + dt.timedelta(KNOWN))
        results = ask(written(Path(folder), {"subscriptions": csv(crowd)}), asked, engine).results
    found = {result.group["who"]: [name for name in NAMES if result.totals[name]] for result in results}
    expected = {f"C{n:02}": counted(own) for n, own in enumerate(crowd)}
    assert {name: (crowd[int(name[1:])], found.get(name, [])) for name in expected if found.get(name, []) != expected[name]} == {}
