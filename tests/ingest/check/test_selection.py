"""Frames hold only the columns and the skipped rows that metrics ask for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.ingest.load import load
from custmetrics_cli.ingest.loaded import Loaded
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables import TABLES
from custmetrics_cli.tables.shared.table import Selection
from tests.support.asking import ask, question
from tests.support.reading import ENGINES, TODAY, day

RULES = [rule.reason for rule in TABLES["subscriptions"].skip_rules]
HEADER = "customer_id,started_at,ended_at,amount,status,trial_end\n"
PAYING = "pays,2022-01-01,,10,active,\n"
SHORT = "tried,2022-02-01,2022-02-10,10,ended,2022-02-15\n"


def read(tmp_path: Path, text: str, selection: Selection, engine: str, **said: Any) -> Loaded:
    path = tmp_path / "subscriptions.csv"
    path.write_text(text, "utf-8")
    return load([InputFile(str(path))], {"subscriptions": selection}, Settings(today=TODAY, **said), engine)


def names(found: Loaded, frame: Any) -> list[tuple[str, int]]:
    rows = collect(frame)
    return sorted(zip(found.ids([row["id"] for row in rows]), [row["skip_rule"] for row in rows], strict=True))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_frame_has_the_columns_that_are_asked_for(tmp_path: Path, engine: str) -> None:
    wanted = Selection(words=("amount", "ended_at"), reads=("monthly", "paused_at", "no column of this table"))
    with read(tmp_path, HEADER + PAYING, wanted, engine) as found:
        (row,) = collect(found.frames["subscriptions"])
        assert (row.pop("id") is not None, row.pop("monthly"), day(row.pop("paused_at")), day(row.pop("ended_at"))) == (
            True,
            5_040_000,
            "",
            "",
        )
        assert row == {found.split_columns["subscriptions"]["amount"]: 0}
        assert found.newest["subscriptions"] is not None


@pytest.mark.parametrize("engine", ENGINES)
def test_a_condition_asks_for_its_days(tmp_path: Path, engine: str) -> None:
    (tmp_path / "customers.csv").write_text(
        "customer_id,started_at,ended_at,paid_through\nA,2022-01-01,,2022-03-01\nB,2022-01-01,,\n", "utf-8"
    )
    asked = question("customers", "2022-02", where=("paid_through<2022-04-01",), as_of=date(2022, 2, 28))
    assert [result.value for result in ask([str(tmp_path / "customers.csv")], asked, engine).results] == [1]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("reasons", [(), ("trial",), ("trial", "ended in trial", "not a rule")])
def test_skipped_rows_are_kept_when_they_are_asked_for(tmp_path: Path, engine: str, reasons: Sequence[str]) -> None:
    text = HEADER + PAYING + "tries,2022-03-01,,10,trial,\n" + SHORT + "never,2022-01-01,,10,pending,\n"
    every = {"tries": "trial", "tried": "ended in trial"}
    with read(tmp_path, text, Selection(reads=("started_at",), kept_reasons=reasons), engine) as found:
        given = [("pays", 0), *((name, RULES.index(reason) + 1) for name, reason in every.items() if reason in reasons)]
        assert names(found, found.with_skipped("subscriptions")) == sorted(given)
        assert found.ids([row["id"] for row in collect(found.used("subscriptions"))]) == ["pays"]
        assert found.frames["subscriptions"].collect_schema().names() == ["id", "started_at", *(["skip_rule"] if given[1:] else [])]
        assert (found.inputs[0].used, found.inputs[0].excluded) == (1, {"never started": 1, "trial": 1, "ended in trial": 1})


@pytest.mark.parametrize("engine", ENGINES)
def test_of_skipped_rows_only_the_days_that_are_asked_for_are_checked(tmp_path: Path, engine: str) -> None:
    wanted = Selection(reads=("started_at", "trial_start", "monthly"), kept_reasons=("trial", "never started"))
    free = "tries,2022-03-01,,free,trial,\nnever,,,10,pending,\n"
    with read(tmp_path, HEADER + PAYING + free, wanted, engine) as found:
        assert [name for name, _ in names(found, found.with_skipped("subscriptions"))] == ["pays", "tries"]
        assert found.inputs[0].excluded == {"never started": 1, "trial": 1}
    odd = HEADER + PAYING + "tries,1 Foo 2022,,10,trial,\n"
    with pytest.raises(CustmetricsError) as caught, read(tmp_path, odd, wanted, engine):
        pass
    assert [(problem.code, problem.place.line) for problem in caught.value.problems] == [("E401", 3)]
    with read(tmp_path, odd, Selection(reads=("started_at",)), engine) as found:
        assert found.inputs[0].excluded == {"trial": 1}
    with read(tmp_path, odd, wanted, engine, skip_bad_rows=True) as found:
        assert (names(found, found.with_skipped("subscriptions")), found.inputs[0].excluded) == ([("pays", 0)], {"bad row": 1})


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("row", "start", "paid"),
    [
        (PAYING, "", "2022-01-01"),
        ("A,2022-01-01,,10,active,2022-01-15", "2022-01-01", "2022-01-15"),
        ("A,2022-01-01,,10,active,2022-01-01", "", "2022-01-01"),
        ("A,2022-01-01,,10,trial,", "2022-01-01", "2022-01-01"),
    ],
    ids=["none", "before it pays", "without a day", "by its status"],
)
def test_trial_start_is_the_day_before_started_at_moved(tmp_path: Path, engine: str, row: str, start: str, paid: str) -> None:
    wanted = Selection(reads=("started_at", "trial_start"), kept_reasons=("trial",))
    with read(tmp_path, HEADER + row, wanted, engine) as found:
        (made,) = collect(found.with_skipped("subscriptions"))
        assert (day(made["trial_start"]), day(made["started_at"])) == (start, paid)
        assert [str(found.frames["subscriptions"].collect_schema()[name]) for name in ("trial_start", "skip_rule")] == ["Int32", "Int64"]
