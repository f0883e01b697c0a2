"""The total of all groups is that of the question about all rows, also where it comes from the counts beside the groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custmetrics_cli.compute.answer import answer
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.ranking import of_all_groups, whole_is_total
from custmetrics_cli.compute.run import Run
from custmetrics_cli.ingest.load import load
from custmetrics_cli.ingest.open.find import find
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.tables import TABLES
from tests.support.asking import ENGINES, TODAY, question, written

FIRST = dt.date(2022, 1, 1)
REASONS = ("too expensive", "card declined", "other", "")
NAMES = ("customers", "churn", "retention", "annualised-churn", "growth", "lifetime", "survival")
ASKED = 3  # questions about a table, beside churn
BY = (["plan"], ["region"], ["plan", "region"])


def _day(number: int | None) -> str:
    return "" if number is None else str(FIRST + dt.timedelta(number))


def _rows(dice: Random, customer: str) -> Iterator[str]:
    """Yield rows, of which many begin or end on the day of another one, in another group and for another reason."""
    days = [dice.randint(0, 80) for _ in range(3)]
    for _ in range(dice.choice([1, 1, 2, 4])):
        start = dice.choice(days)
        end = dice.choice([None, *(day for day in days if day > start), start + dice.randint(1, 30)])
        canceled = None if end is None else dice.choice([None, end, max(start, end - 3)])
        words = dice.choice(["basic", "pro", ""]), dice.choice(["north", "south"]), dice.choice(REASONS) if end is not None else ""
        yield ",".join((customer, _day(start), _day(end), _day(canceled), *words, dice.choice(["10", "25"])))


def _table(seed: int) -> dict[str, str]:
    """Make a table, with or without reasons."""
    dice = Random(seed)
    header = "customer_id,started_at,ended_at,canceled_at,plan,region,reason,amount"
    lines = [header, *(row for n in range(60) for row in _rows(dice, f"C{n}"))]
    without = dice.choice([(), (6,)])
    cells = [[cell for at, cell in enumerate(line.split(",")) if at not in without] for line in lines]
    name = dice.choice(["customers", "subscriptions"])
    return {name: "".join(f"{','.join(line if name == 'subscriptions' else line[:-1])}\n" for line in cells)}


def _questions(dice: Random) -> Iterator[Question]:
    """Yield a few questions, the first of which the counts of all rows always answer."""
    definitions = [(metric, name) for metric in NAMES for name in METRICS[metric].definitions]
    for metric, name in [("churn", "standard"), *dice.sample(definitions, ASKED)]:
        more = {"every": dice.choice(["", "month"]), "gap": dice.choice([0, 0, 5]), "periods_before": dice.choice([0, 2])}
        yield question(metric, "2022-01..2022-02", name, by=dice.choice(BY), as_of=FIRST + dt.timedelta(150), **more)


def _has_columns(asked: Question, text: str) -> bool:
    needs = {column for total in asked.definition.needed_totals for column in total.needs}
    return "reason" not in needs or "reason" in text


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=3, phases=[Phase.generate])
@given(seed=st.integers(0, 2**32))
def test_the_total_is_that_of_all_rows(engine: str, seed: int) -> None:
    table, direct = _table(seed), 0
    with TemporaryDirectory() as folder:
        files = find(written(Path(folder), table), TABLES)
        for asked in (each for each in _questions(Random(seed)) if _has_columns(each, "".join(table.values()))):
            with load(files, asked.selections(), Settings(today=TODAY), engine) as loaded:
                direct += whole_is_total(Run(asked, loaded))
                assert answer(asked, loaded).total == answer(of_all_groups(asked), loaded).results, (asked, table)
    assert direct


@pytest.mark.parametrize(
    ("metric", "definition", "more", "expected"),
    [
        ("churn", "standard", {}, True),
        ("churn", "voluntary", {}, False),  # of two reasons on one day, the group decides which counts
        ("survival", "standard", {}, False),  # its curve reads reasons
        ("customers", "standard", {}, False),  # it counts moves between groups
        ("churn", "standard", {"compare": "previous"}, False),
        ("churn", "standard", {"where": ["plan=pro"]}, False),
    ],
)
def test_when_the_counts_of_all_rows_are_the_total(
    tmp_path: Path, metric: str, definition: str, more: dict[str, object], expected: bool
) -> None:
    text = "customer_id,started_at,ended_at,plan,reason\nA,2022-01-01,2022-02-01,pro,too expensive\nB,2022-01-01,,basic,\n"
    asked = question(metric, "2022-02", definition, by=["plan"], **more)
    with load(find(written(tmp_path, {"customers": text}), TABLES), asked.selections(), Settings(today=TODAY)) as loaded:
        assert whole_is_total(Run(asked, loaded)) is expected
