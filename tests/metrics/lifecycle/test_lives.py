"""The retention of new users and their lifecycle, against users followed one by one."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.asking import ENGINES, ask, question, written
from tests.support.reading import text

FIRST = dt.date(2022, 1, 3)  # a Monday
EVENT = st.tuples(st.sampled_from("ABCDE"), st.integers(0, 69), st.sampled_from(["app", "web"]))
Event = tuple[str, int, str]
TRIES = settings(max_examples=30, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
LENGTH = {"day": 1, "week": 7}


def files(events: list[Event]) -> dict[str, str]:
    cells = [[name, (FIRST + dt.timedelta(day)).isoformat(), event] for name, day, event in events]
    return {"activity": text(["customer_id", "timestamp", "event"], cells)}


def days_of(events: list[Event]) -> dict[str, set[int]]:
    days: dict[str, set[int]] = defaultdict(set)
    for name, day, _ in events:
        days[name].add(day)
    return days


@TRIES
@given(
    st.lists(EVENT, min_size=1, max_size=25), st.sampled_from(ENGINES), st.sampled_from(["day", "week"]), st.integers(1, 4), st.booleans()
)
def test_the_curve_follows_each_new_user(tmp_path: Path, made: list[Event], engine: str, each: str, at: int, or_after: bool) -> None:
    events, length = [*made, ("Z", 30, "app"), ("Z", 69, "app")], LENGTH[each]
    definition = "on-or-after" if or_after else "standard"
    asked = question("retention-curve", "2022-01-31..2022-02-13", definition, options={"each": each, "at": str(at)})
    (result,) = ask(written(tmp_path, files(events)), asked, engine).results
    new = {name: own for name, own in days_of(events).items() if 28 <= min(own) < 42}
    ages = {name: {day // length - min(own) // length for day in own} for name, own in new.items()}
    known = {name: 70 // length - min(own) // length for name, own in new.items()}  # units from the first on that the data covers

    def share(age: int) -> Fraction | None:
        observed = [name for name in new if age < known[name]]
        active = [name for name in observed if any(a == age or (or_after and a > age) for a in ages[name])]
        return Fraction(len(active), len(observed)) if observed else None

    assert result.value == share(at)
    assert result.totals["new_users"] == len(new)
    assert [point.value for point in result.curves[0].points] == [share(age) for age in range(len(result.curves[0].points))]


@TRIES
@given(st.lists(EVENT, min_size=1, max_size=25), st.sampled_from(ENGINES), st.booleans())
def test_each_week_is_compared_with_the_one_before(tmp_path: Path, made: list[Event], engine: str, split: bool) -> None:
    events = [*made, ("Z", 28, "app"), ("Z", 35, "web"), ("Z", 69, "app")]
    asked = question("lifecycle", "2022-01-31..2022-02-13", every="week", by=("event",) if split else ())
    results = ask(written(tmp_path, files(events)), asked, engine).results
    weeks = {name: {day // 7 for day in own} for name, own in days_of(events).items()}
    groups: dict[tuple[int, str | None], set[str]] = defaultdict(set)
    for name, day, event in events:
        for group in (event,) if split else (None,):
            groups[day // 7, group].add(name)
    for result in results:
        week, group = (result.period.start - FIRST).days // 7, result.group.get("event")
        expected = Counter(active_users=len(groups[week, group]))
        for name in groups[week, group]:
            earlier = {w for w in weeks[name] if w < week}
            expected["new_users" if not earlier else "returning_users" if week - 1 in earlier else "resurrected_users"] += 1
        expected["dormant_users"] = sum(week not in weeks[name] for name in groups[week - 1, group])
        assert dict(result.totals) == {name: expected[name] for name in result.totals}
