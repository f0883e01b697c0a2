"""Headers of a file may have the names of columns that the program uses itself: they change no answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.metrics import METRICS
from tests.support.asking import ENGINES, ask, question, written

NAMES = (
    "aside", "skip_rule", "change", "cohort", "count", "end_period", "first", "group", "is_first", "moved", "monthly", "net", "number",
    "packed", "period", "rate_step", "reach", "row_group", "size", "span", "start_period", "stint_change",
)  # fmt: skip
TABLES = {
    "customers": ["customer_id,started_at,ended_at", "A,2022-01-01,2022-04-15", "B,2022-01-01,", "B,2022-04-20,", "C,2022-04-05,"],
    "subscriptions": ["customer_id,started_at,ended_at,amount", "A,2022-01-01,2022-04-15,10", "B,2022-01-01,,20", "B,2022-04-05,,30"],
    "activity": ["customer_id,timestamp,event,duration", "A,2022-04-02,open,5", "A,2022-04-03,share,6", "B,2022-04-09,open,"],
    "purchases": ["customer_id,date,amount", "A,2022-04-02,10", "A,2022-04-03,5", "B,2022-03-09,7", "B,2022-04-09,7"],
    "surveys": ["customer_id,responded_at,score", "A,2022-04-02,10", "B,2022-04-03,5"],
}
ASKED = {
    "customers": ("churn", "cohorts"),
    "subscriptions": ("mrr", "nrr", "lost-revenue"),
    "activity": ("active-users", "stickiness", "time-per-user", "reactions-per-user"),
    "purchases": ("repeat-rate", "concentration", "roas"),
    "surveys": ("nps",),
}


def answers(folder: Path, table: str, names: tuple[str, ...], engine: str) -> list[tuple[object, ...]]:
    """Return what a table with further columns gives, split by these. All of their cells are equal."""
    header, *rows = TABLES[table]
    text = "\n".join([",".join([header, *names]), *(",".join([row, *["x"] * len(names)]) for row in rows), ""])
    tables = {table: text, "costs": f"date,amount,{','.join(names)}\n2022-04-02,5{',x' * len(names)}\n"}
    paths = written(folder, tables)
    found = []
    for metric in ASKED[table]:
        own = {option.name: "open" for option in METRICS[metric].options if option.name == "event"}
        results = ask(paths, question(metric, "2022-04", by=names, options=own), engine).results
        found += [(metric, result.value, dict(result.totals)) for result in results if None not in result.group.values()]
    return found


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("table", TABLES)
def test_a_header_may_have_the_name_of_any_column_of_a_frame(tmp_path: Path, table: str, engine: str) -> None:
    names = tuple(name for name in NAMES if (table, name) != ("subscriptions", "period"))  # there it is the billing interval
    plain = answers(tmp_path, table, tuple(f"c{number}" for number in range(len(names))), engine)
    assert len(plain) >= len(ASKED[table])
    assert answers(tmp_path, table, names, engine) == plain
