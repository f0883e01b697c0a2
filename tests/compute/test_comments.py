"""The comments behind a total of surveys, against a reference that reads every answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmetrics_cli.compute.listing import comments
from custmetrics_cli.core.result import Listing
from custmetrics_cli.ingest.load import load
from custmetrics_cli.ingest.open.find import find
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables import TABLES
from tests.support.asking import ENGINES, TODAY, question, written

Answer = tuple[int, int, str, str, str]  # day of February, score, customer, touchpoint, comment
NONE: dict[str, str] = {}
TEXTS = ("", "good", "[bold]bad[/]", "two\nlines", '=1+1, "so"')
answers = st.lists(
    st.tuples(
        st.integers(1, 4), st.integers(0, 10), st.sampled_from(["A", "B", ""]), st.sampled_from(["call", ""]), st.sampled_from(TEXTS)
    ),
    max_size=14,
)


def csv(rows: list[Answer]) -> str:
    lines = []
    for day, score, customer, touchpoint, comment in rows:
        quoted = comment.replace('"', '""')
        lines.append(f'2022-02-0{day},{score},{customer},{touchpoint},"{quoted}"\n')
    return "".join(["responded_at,score,customer_id,touchpoint,comment\n", *lines])


def comments_of(
    text: str, engine: str, metric: str = "nps", name: str = "detractors", others: Mapping[str, str] = NONE, **more: Any
) -> Listing:
    with TemporaryDirectory() as folder:
        paths = written(Path(folder), {"surveys": text, **others})
        asked = question(metric, "2022-02", with_comments=True, **more)
        with load(find(paths, TABLES), asked.selections(), Settings(today=TODAY), engine) as loaded:
            return comments(asked, loaded, name)


def counted(rows: list[Answer], which: str) -> list[Answer]:
    """Return the answers that count: of each customer the first or latest; of one day the earlier row is first, the later one latest."""
    if which == "all":
        return rows
    numbered = list(enumerate(rows))
    own = {who: [(row[0], at, row) for at, row in numbered if row[2] == who] for who in "AB"}
    choose = min if which == "first" else max
    chosen = [choose(of, key=lambda each: each[:2])[2] for of in own.values() if of]
    return [*chosen, *(row for row in rows if not row[2])]


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=25)
@given(rows=answers, which=st.sampled_from(["all", "latest", "first"]), by=st.sampled_from([[], ["touchpoint"]]))
def test_the_comments_of_the_counted_answers_are_listed(rows: list[Answer], which: str, by: list[str], engine: str) -> None:
    counting = [row for row in counted(rows, which) if row[1] <= 6]
    listed = comments_of(csv(rows), engine, options={"answers": which, "scale": "0-10"}, by=by)
    assert listed.columns == (*by, "customer_id", "score", "responded_at", "comment", "count")
    expected = Counter((*([row[3] or None] if by else []), row[2], row[1], f"2022-02-0{row[0]}", row[4]) for row in counting if row[4])
    assert {row[:-1]: row[-1] for row in listed.rows} == expected
    assert listed.description.endswith(f"; {sum(expected.values())} of {len(counting)} with a comment")


@pytest.mark.parametrize("engine", ENGINES)
def test_totals_of_leavers_stayers_and_all_have_comments(engine: str) -> None:
    customers = {"customers": "customer_id,started_at,ended_at\nA,2022-01-01,2022-03-01\nB,2022-01-01,\n"}
    surveys = "responded_at,score,customer_id,comment\n2022-02-01,2,A,slow\n2022-02-02,9,B,fine\n2022-02-03,1,,who?\n"
    for name, expected in (("leaver_detractors", ["slow"]), ("stayer_answers", ["fine"]), ("answers", ["who?", "slow", "fine"])):
        listed = comments_of(surveys, engine, "nps-of-leavers", name, customers)
        assert [row[listed.columns.index("comment")] for row in listed.rows] == expected


@pytest.mark.parametrize(
    ("metric", "name", "scale", "expected"), [("csat", "not_positive", "1-10", ["bad"]), ("ces", "easy", "1-7", ["good"])]
)
def test_every_kind_of_survey_has_comments(metric: str, name: str, scale: str, expected: list[str]) -> None:
    text = "responded_at,score,comment\n2022-02-01,2,bad\n2022-02-02,7,good\n"
    listed = comments_of(text, "pandas", metric, name, options={"scale": scale})
    assert [row[-2] for row in listed.rows] == expected
