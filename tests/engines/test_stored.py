"""Every engine reads the same rows from stored parts: without a column, with nulls, with money of each scale, and with skipped rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from custmetrics_cli.columns import FAR, MONEY_PARTS
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.engines.base import ENGINES, Engine, TableSpec
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.engines.stored.part import DAY, ID, KEY, MONEY, NUMBER, SKIPPED_BY, WORD, StoredColumn, StoredPart
from tests.support.cluster import Session, one_session
from tests.support.engines import EVERY_ENGINE

TABLE = TableSpec("sales", ("day", "amount", "order", "rule"), frozenset({"day"}), ("plan", "city"), {"units": -1})
CENT = MONEY_PARTS // 100
DAYS = {"day": StoredColumn("Started `at`", DAY, empty=FAR)}
IDENTITY = {"id": StoredColumn("customer.id", ID)}
PLAN = {"plan": StoredColumn("Plan", WORD)}


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with one_session("local[2]") as session:
        yield session


@pytest.fixture(params=EVERY_ENGINE)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "spark":
        request.getfixturevalue("session")
    engine = ENGINES[request.param](0, tmp_path)
    yield engine
    engine.close()


def written(path: Path, places: int, **columns: Any) -> Path:
    types = {"Started `at`": pa.date32(), "amount": pa.decimal128(18, places), SKIPPED_BY: pa.int64(), "order": pa.int64()}
    table = pa.table({name: pa.array(cells, types.get(name, pa.string())) for name, cells in columns.items()})
    pq.write_table(table, path, write_page_checksum=True, store_decimal_as_integer=True)
    return path


def parts(folder: Path) -> list[StoredPart]:
    """Write rows used of two files, whose columns differ, and the skipped rows of the first."""
    ids, days = ["A", None, "ж"], [date(2022, 1, 1), None, date(1969, 12, 31)]
    amounts = [Decimal(text) for text in ("1.25", "-0.01", "9000000000000.00")]
    one = written(
        folder / "one.parquet",
        2,
        **{
            "customer.id": ids,
            "Started `at`": days,
            "amount": amounts,
            "Plan": ["pro", None, "a'b"],
        },
    )
    skipped = written(
        folder / "skipped.parquet",
        2,
        **{"customer.id": ["A", "B"], "Started `at`": [None, None], "amount": [None, Decimal(3)], "Plan": ["x", "pro"], SKIPPED_BY: [1, 4]},
    )
    rows = {"customer.id": ["C"], "amount": [Decimal("0.000083")], "order": [5], "City": ["Пермь"]}
    two = written(folder / "two.parquet", 6, **rows)
    money = {places: {"amount": StoredColumn("amount", MONEY, places=places)} for places in (2, 6)}
    first = {**IDENTITY, **DAYS, **PLAN, **money[2]}
    return [
        StoredPart(one, 3, first, {"order": 0, "rule": 0}),
        StoredPart(skipped, 1, {**first, "rule": StoredColumn(SKIPPED_BY, NUMBER)}, {"order": 0}, skip_rules=frozenset({4})),
        StoredPart(
            two,
            1,
            {**IDENTITY, **money[6], "order": StoredColumn("order", NUMBER), "city": StoredColumn("City", WORD)},
            {"day": -7, "rule": 0},
            {"order": 100},
        ),
    ]


def rows_of(engine: Engine, stored: Sequence[StoredPart]) -> list[tuple[Any, ...]]:
    engine.prepare()
    engine.clear(TABLE)
    engine.attach(TABLE, stored)
    count = engine.row_count(TABLE)
    frames, words = engine.finish([TABLE])
    assert frames["sales"].collect_schema().names() == ["id", "day", "amount", "order", "rule", "units", "plan", "city"]
    found = collect(frames["sales"])
    assert len(found) == count
    texts = {name: [*words["sales"][name], ""] for name in TABLE.words}
    names = ("day", "amount", "order", "rule", "units")
    ids = engine.ids_as_text(row["id"] for row in found)
    return sorted(
        (id, *(row[name] for name in names), *(texts[name][row[name]] for name in TABLE.words)) for id, row in zip(ids, found, strict=True)
    )


EXPECTED = [
    ("", FAR, -CENT, 0, 0, -1, "", ""),
    ("A", 18993, 125 * CENT, 0, 0, -1, "pro", ""),
    ("B", FAR, 300 * CENT, 0, 4, -1, "pro", ""),
    ("C", -7, 42, 105, 0, -1, "", "Пермь"),
    ("ж", -1, 9 * 10**14 * CENT, 0, 0, -1, "a'b", ""),
]


def test_stored_parts_become_rows(engine: Engine, tmp_path: Path) -> None:
    assert rows_of(engine, parts(tmp_path)) == EXPECTED


def test_the_texts_of_a_key_have_numbers(engine: Engine, tmp_path: Path) -> None:
    used = parts(tmp_path)
    used[0] = used[0]._replace(columns={**used[0].columns, "order": StoredColumn("Plan", KEY)}, numbers={"rule": 0})
    orders = {row[0]: row[3] for row in rows_of(engine, used)}
    assert (orders[""], len({orders["A"], orders["ж"], 0})) == (0, 3)


@pytest.mark.spark
def test_a_changed_byte_is_found_by_the_workers(session: Session, tmp_path: Path) -> None:
    """custmetrics compares whole files first; this is the second net."""
    stored = parts(tmp_path)
    data = bytearray(stored[0].path.read_bytes())
    at = data.index((9 * 10**14).to_bytes(8, "little"))
    data[at] ^= 1
    stored[0].path.write_bytes(data)
    engine = ENGINES["spark"](0, tmp_path)
    with pytest.raises(CustmetricsError, match="E285"):
        rows_of(engine, stored)
    engine.close()
