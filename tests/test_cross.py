"""Rows split by what another table says of their customers, against a reference that looks it up row by row."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from custmetrics_cli.result import Answer
from tests.asking import ENGINES, ask, question, written

FIRST = dt.date(2022, 1, 20)
SPANS = ("customers", "subscriptions")
DAYS = {"surveys": "responded_at", "purchases": "date", "activity": "timestamp"}
ASKED = {"surveys": "nps", "subscriptions": "mrr", "customers": "customers", "purchases": "repeat-rate", "activity": "active-users"}


class Row(NamedTuple):
    customer: str
    start: int
    length: int | None
    word: str

    @property
    def end(self) -> float:
        return float("inf") if self.length is None else self.start + self.length


KNOWN = [Row("X", 5, None, "x"), Row("Y", 5, None, "y")]  # so that there is a row with each word
rows = st.lists(
    st.builds(Row, st.sampled_from("ABC"), st.integers(0, 50), st.integers(1, 30) | st.none(), st.sampled_from(["x", "y", ""])), max_size=8
).map(lambda those: [*those, *KNOWN])


def looked_up(row: Row, others: list[Row], lasting: bool) -> Row | None:
    """The rule, step by step: what ran that day, else the last that had begun, else the first; ties by name, none last."""
    mine = [other for other in others if other.customer == row.customer]
    begun = [other for other in mine if other.start <= row.start]
    found = [other for other in begun if lasting and row.start < other.end]
    if not found and begun:
        found = [other for other in begun if other.start == max(each.start for each in begun)]
    if not found:
        found = [other for other in mine if other.start == min(each.start for each in mine)]
    return min(found, key=lambda other: (not other.word, other.word), default=None)


def day(number: float) -> str:
    return "" if number == float("inf") else (FIRST + dt.timedelta(int(number))).isoformat()


def csv(table: str, those: list[Row], told: list[Row | None] | None = None) -> str:
    """told: what another table says of each row, as columns of its own."""
    head = ["customer_id", *(("started_at", "ended_at") if table in SPANS else (DAYS[table],)), "word", "told", "told_day"]
    more = {"subscriptions": ["amount"], "purchases": ["amount"], "surveys": ["score"]}.get(table, [])
    lines = [[*head, *more]]
    for n, (row, other) in enumerate(zip(those, told or [None] * len(those), strict=True)):
        days = [day(row.start), day(row.end)] if table in SPANS else [day(row.start)]
        said = [other.word, day(other.start)] if other else ["", ""]
        lines.append([row.customer, *days, row.word, *said, *[str(n % 9 + 2)] * len(more)])
    return "".join(",".join(line) + "\n" for line in lines)


def got(folder: Path, tables: dict[str, str], metric: str, engine: str, **options: object) -> Answer:
    return ask(written(folder, tables), question(metric, "2022-02", **options), engine)


def shown(found: Answer) -> list[tuple[object, ...]]:
    return [(*r.group.values(), dict(r.totals), r.value, r.interval, r.grid) for r in found.results]


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=25)
@given(
    table=st.sampled_from([*ASKED]),
    other=st.sampled_from([*SPANS, *DAYS]),
    mine=rows,
    others=rows,
    asked=st.sampled_from([{"by": ["{}"]}, {"where": ["{}=x"]}, {"by": ["word"], "where": ["{}!=x"]}]),
)
def test_another_table_splits_as_a_column_with_its_words_would(
    table: str, other: str, mine: list[Row], others: list[Row], asked: dict[str, list[str]], engine: str
) -> None:
    assume(table != other)
    told = [looked_up(row, others, other in SPANS) for row in mine]
    with TemporaryDirectory() as folder:
        tables = {table: csv(table, mine, told), other: csv(other, others)}
        options = [{name: [each.format(column) for each in said] for name, said in asked.items()} for column in ("told", f"{other}.word")]
        one, two = (got(Path(folder), tables, ASKED[table], engine, **each) for each in options)
        assert shown(one) == shown(two)
