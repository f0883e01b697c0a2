"""Renewals, trials and survey rules equal slow references, on every engine."""

from __future__ import annotations

import calendar
import datetime as dt
import random
from fractions import Fraction
from pathlib import Path

import pytest

from custmetrics_cli.profiles.axes import our_choices
from tests.support.asking import ENGINES, written
from tests.support.definitions import TODAY, values_of

START, END = dt.date(2022, 4, 1), dt.date(2022, 7, 1)
MONTHS = {"month": 1, "quarter": 3, "year": 12}
DAYS = {"day": 1, "week": 7}


def month_later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def renews(start: dt.date, end: dt.date | None, interval: str, count: int) -> bool:
    """Return True if a row that runs at the opening has a renewal day, or its end, in the quarter."""
    if end is not None and START <= end < END:
        return True
    for number in range(1, 2000):
        step = number * count
        day = month_later(start, step * MONTHS[interval]) if interval in MONTHS else start + dt.timedelta(step * DAYS[interval])
        if day >= END:
            return False
        if day >= START:
            return True
    return False


@pytest.mark.parametrize("engine", ENGINES)
def test_renewals_equal_the_reference(engine: str, tmp_path: Path) -> None:
    pick = random.Random(7)
    lines, opening, lost = ["customer_id,started_at,ended_at,interval,interval_count,amount"], set[str](), set[str]()
    for number in range(150):
        start = dt.date(2021, 1, 28) + dt.timedelta(pick.randint(0, 480))
        end = start + dt.timedelta(pick.choice([20, 100, 200, 300])) if pick.random() < 0.5 else None
        interval, name = pick.choice([*MONTHS, *DAYS]), f"C{number}"
        count = pick.choice([1, 2, 5])
        lines.append(f"{name},{start},{end or ''},{interval},{count},10")
        if start < START and (end is None or end >= START):
            if renews(start, end, interval, count):
                opening.add(name)
            if end is not None and end < END:
                lost.add(name)
    paths = written(tmp_path, {"subscriptions": "\n".join(lines) + "\n"})
    with values_of("churn", paths, "2022-Q2", engine, as_of=TODAY) as values:
        found = values.of({**our_choices("churn"), "denominator": "renewal"})
    assert found.sides == (len(lost), len(opening))
    assert 0 < len(opening) < 150


@pytest.mark.parametrize("engine", ENGINES)
def test_trials_by_their_end_and_by_payment(engine: str, tmp_path: Path) -> None:
    """A starts and pays in the quarter; B began before; C lapses; D began before and lapses; E is still on trial at its end."""
    text = """
customer_id,started_at,trial_end,ended_at,amount,status
A,2022-04-05,2022-04-19,,10,active
B,2022-03-25,2022-04-08,,10,active
C,2022-05-01,2022-05-15,2022-05-15,10,ended
D,2022-03-25,2022-04-08,2022-04-08,10,ended
E,2022-06-25,2022-07-09,,10,active
"""
    paths = written(tmp_path, {"subscriptions": text})
    wanted = {"started": Fraction(2, 3), "ended": Fraction(2, 4), "same-window": Fraction(2, 3)}
    with values_of("trial-conversion", paths, "2022-Q2", engine, as_of=TODAY) as values:
        assert {base: values.of({"trial-base": base}).value for base in wanted} == wanted


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("scale", ["1-5", "1-7", "1-10"])
def test_survey_rules_equal_the_reference(scale: str, engine: str, tmp_path: Path) -> None:
    pick, most = random.Random(scale), int(scale.partition("-")[2])
    scores = [pick.randint(1, most) for _ in range(60)]
    text = "\n".join(["responded_at,score,kind", *(f"2022-05-01,{score},KIND" for score in scores)]) + "\n"

    def share(*wanted: int) -> Fraction:
        return Fraction(sum(score in wanted for score in scores), len(scores))

    best = range(most - 1, most + 1)
    of_five, of_seven, of_ten = (most == size or None for size in (5, 7, 10))
    csat = {"top-2-of-5": of_five and share(*best), "top-box": share(most), "mean": Fraction(sum(scores), len(scores))}
    csat["6-of-10"] = of_ten and share(*range(6, 11))
    index = of_seven and 100 * (share(6, 7) - share(1, 2, 3))
    ces = {"mean": csat["mean"], "top-2-of-5": csat["top-2-of-5"], "5-of-7": of_seven and share(5, 6, 7), "index": index}
    for metric, axis, wanted in (("csat", "csat-rule", csat), ("ces", "ces-rule", ces)):
        if (metric, scale) == ("csat", "1-7"):
            continue  # our own definition of csat has no usual score there
        paths = written(tmp_path, {"surveys": text.replace("KIND", metric)})
        with values_of(metric, paths, "2022-Q2", engine, {"scale": scale}) as values:
            assert {rule: values.of({axis: rule}).value for rule in wanted} == wanted
