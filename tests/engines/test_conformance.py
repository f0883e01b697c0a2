"""Every engine gives back the chunks it was fed, and runs every query with the same result.

A new engine is tested here as soon as its file is in custmetrics_cli/engines/: add an entry only if it cannot run everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from custmetrics_cli.engines.base import ENGINES, Chunk, CodedWords, Engine, TableSpec, Words
from custmetrics_cli.engines.query.per_engine import per_engine
from custmetrics_cli.engines.query.period_lookup import period_numbers
from custmetrics_cli.engines.query.repeats import possible_duplicates, running_sums, with_keys, with_repeated_keys, with_running_sum
from custmetrics_cli.engines.query.run import arrays, collect, materialise, pieces, sum_by, total
from tests.support.cluster import Session, one_session
from tests.support.engines import ENGINES as INSTALLED
from tests.support.engines import EVERY_ENGINE

Row = tuple[str, int, int, str, str]  # id, day, amount, plan, Plan_

TABLE = TableSpec("sales", ("day", "amount"), frozenset({"day", "end"}), ("plan", 'Plan "x"'), {"end": 3_000_000, "units": -1})
OTHER = TableSpec("visits", ("day",), frozenset({"day"}))
ROWS: list[Row] = [
    ("B", 19000, -5, "pro", "x"),
    ("A", -3, 9 * 10**15, "", "y"),
    ("", 19000, 0, "free", ""),
    ("a", 19001, -5, "pro", "x"),
    ("B", 18999, 7, "'q\"", "x"),
    ("Ж", 0, 1, "", ""),
    ("B", 19000, -5, "pro", "x"),
]


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with one_session("local[2]") as session:
        yield session


@pytest.fixture(autouse=True)
def shared_session(request: pytest.FixtureRequest) -> None:
    """Start Spark once, and only for tests on it."""
    if request.node.get_closest_marker("spark"):
        request.getfixturevalue("session")


def chunk(rows: Sequence[Row], skipped: Sequence[str] = (), table: TableSpec = TABLE) -> Chunk:
    """Build a chunk of these rows, after rows of other ids that were read and are not in it."""
    ids = pa.chunked_array([pa.array([*skipped, *(row[0] for row in rows)], pa.string())])
    kept = np.array([False] * len(skipped) + [True] * len(rows)) if skipped else None
    numbers = {name: np.array([row[1 + at] for row in rows], table.dtype(name)) for at, name in enumerate(table.numbers)}
    return Chunk(len(rows), ids, kept, numbers, {name: words([row[3 + at] for row in rows]) for at, name in enumerate(table.words)})


def words(cells: Sequence[str]) -> CodedWords:
    """Code a column of words, with a word that no row holds and the same word twice, as slices may have them."""
    texts = ["unused", *dict.fromkeys(cells), *dict.fromkeys(cells)]
    places = {word: len(texts) - 1 - texts[::-1].index(word) if at % 2 else texts.index(word) for at, word in enumerate(cells)}
    return CodedWords(pa.array(texts, pa.string()), np.array([places[word] for word in cells], np.int32))


@contextmanager
def filled(name: str, folder: Path, *tables: tuple[TableSpec, Sequence[Chunk]]) -> Iterator[Filled]:
    engine = ENGINES[name](0, folder)
    try:
        engine.prepare()
        for table, chunks in tables:
            engine.clear(table)
            for each in chunks:
                engine.add(table, each)
        yield Filled(engine, *engine.finish([table for table, _ in tables]))
    finally:
        engine.close()


class Filled:
    """An engine whose tables are finished."""

    def __init__(self, engine: Engine, frames: Mapping[str, nw.LazyFrame[Any]], words: Mapping[str, Mapping[str, Words]]) -> None:
        self.engine, self.frames, self.words = engine, frames, words

    def rows(self, table: TableSpec = TABLE, frame: nw.LazyFrame[Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows with the text of ids and words, in a fixed order."""
        found = collect(self.frames[table.name] if frame is None else frame)
        ids = self.engine.ids_as_text(row["id"] for row in found)
        texts = {name: [*self.words[table.name][name], ""] for name in table.words}
        columns = [*table.numbers, *table.constants]
        return sorted(
            (text, *(row[name] for name in columns), *(texts[name][row[name]] for name in table.words))
            for text, row in zip(ids, found, strict=True)
        )


def expected(rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    return sorted((id, day, amount, 3_000_000, -1, plan, other) for id, day, amount, plan, other in rows)


SLICES: dict[str, list[Chunk]] = {
    "one chunk": [chunk(ROWS)],
    "several chunks": [chunk(ROWS[:3]), chunk(ROWS[3:4]), chunk(ROWS[4:])],
    "a chunk without rows": [chunk(ROWS[:3]), chunk([]), chunk(ROWS[3:])],
    "rows that are not kept": [chunk(ROWS[:3], skipped=["Z", "A", ""]), chunk([], skipped=["Z"]), chunk(ROWS[3:])],
    "words that arrive in the order of their names": [chunk(sorted(ROWS, key=lambda row: row[3:]))],
}


@pytest.mark.parametrize("slices", SLICES.values(), ids=SLICES)
@pytest.mark.parametrize("name", EVERY_ENGINE)
def test_frames_hold_the_rows_of_all_chunks(tmp_path: Path, name: str, slices: list[Chunk]) -> None:
    with filled(name, tmp_path, (TABLE, slices)) as found:
        assert found.rows() == expected(ROWS)
        assert found.words["sales"] == {"plan": ("'q\"", "free", "pro"), 'Plan "x"': ("x", "y")}


@pytest.mark.parametrize("name", INSTALLED)
@given(slices=st.lists(st.lists(st.sampled_from(ROWS), max_size=8), max_size=4))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_frames_hold_the_rows_of_random_chunks(tmp_path: Path, name: str, slices: list[list[Row]]) -> None:
    with filled(name, tmp_path, (TABLE, [chunk(rows) for rows in slices])) as found:
        assert found.rows() == expected([row for rows in slices for row in rows])


@pytest.mark.parametrize("slices", [[], [chunk([])]], ids=["no chunk", "an empty chunk"])
@pytest.mark.parametrize("name", EVERY_ENGINE)
def test_a_table_may_have_no_rows(tmp_path: Path, name: str, slices: list[Chunk]) -> None:
    with filled(name, tmp_path, (TABLE, slices)) as found:
        assert found.rows() == []
        assert found.words["sales"] == {"plan": (), 'Plan "x"': ()}
        assert found.engine.similar_ids() == []


@pytest.mark.parametrize("name", EVERY_ENGINE)
def test_days_and_words_take_32_bits_and_other_numbers_64(tmp_path: Path, name: str) -> None:
    with filled(name, tmp_path, (TABLE, [chunk(ROWS)])) as found:
        schema = found.frames["sales"].collect_schema()
    kinds = {"day": nw.Int32, "amount": nw.Int64, "end": nw.Int32, "units": nw.Int64, "plan": nw.Int32, 'Plan "x"': nw.Int32}
    assert {column: schema[column] for column in kinds} == kinds
    assert list(schema) == ["id", *kinds]


@pytest.mark.parametrize("name", EVERY_ENGINE)
def test_a_table_that_is_cleared_forgets_its_rows_and_words(tmp_path: Path, name: str) -> None:
    """The first read of a table does not count when its formats were guessed wrongly."""
    engine = ENGINES[name](0, tmp_path)
    for rows in (ROWS[4:], ROWS[:3]):
        engine.clear(TABLE)
        engine.add(TABLE, chunk(rows))
    assert engine.row_count(TABLE) == 3
    found = Filled(engine, *engine.finish([TABLE]))
    assert found.rows() == expected(ROWS[:3])
    assert found.words["sales"]["plan"] == ("free", "pro")
    engine.close()


@pytest.mark.parametrize("name", EVERY_ENGINE)
def test_row_count_counts_the_rows_of_one_table(tmp_path: Path, name: str) -> None:
    engine = ENGINES[name](0, tmp_path)
    engine.clear(TABLE)
    engine.clear(OTHER)
    for table, rows in ((TABLE, ROWS), (OTHER, ROWS[:2]), (TABLE, ROWS[:1])):
        engine.add(table, chunk(rows, skipped=["Z"], table=table))
    assert (engine.row_count(TABLE), engine.row_count(OTHER)) == (8, 2)
    found = Filled(engine, *engine.finish([TABLE, OTHER]))
    assert (len(found.rows()), found.rows(OTHER)) == (8, [("A", -3), ("B", 19000)])
    engine.close()


@pytest.mark.parametrize("name", EVERY_ENGINE)
def test_tables_share_their_ids(tmp_path: Path, name: str) -> None:
    with filled(name, tmp_path, (TABLE, [chunk(ROWS)]), (OTHER, [chunk(ROWS[3:5], table=OTHER)])) as found:
        shared = found.frames["sales"].join(found.frames["visits"].select("id").unique(), on="id", how="semi")
        assert Counter(row[0] for row in found.rows(frame=shared)) == {"B": 3, "a": 1}


@pytest.mark.parametrize("name", EVERY_ENGINE)
def test_no_id_is_the_id_of_rows_whose_customer_is_unknown(tmp_path: Path, name: str) -> None:
    for rows, count in ((ROWS, 1), (ROWS[:2], 0)):
        with filled(name, tmp_path, (TABLE, [chunk(rows)])) as found:
            assert len(collect(found.frames["sales"].filter(nw.col("id") == found.engine.no_id))) == count


@pytest.mark.parametrize("name", EVERY_ENGINE)
def test_a_column_of_ids_becomes_text(tmp_path: Path, name: str) -> None:
    with filled(name, tmp_path, (TABLE, [chunk(ROWS)])) as found:
        columns = [found.engine.id_column_as_text(piece["id"]).to_pylist() for piece in pieces(found.frames["sales"])]
        assert sorted(id for column in columns for id in column) == sorted(row[0] for row in ROWS)


@pytest.mark.parametrize("name", EVERY_ENGINE)
def test_with_ids_gives_the_rows_of_these_customers(tmp_path: Path, name: str) -> None:
    with filled(name, tmp_path, (TABLE, [chunk(ROWS)])) as found:
        for ids in (["B", "Ж", "nobody"], ["nobody"], []):
            few = found.engine.with_ids(found.frames["sales"], ids)
            assert found.rows(frame=few) == expected([row for row in ROWS if row[0] in ids])


@pytest.mark.parametrize("name", EVERY_ENGINE)
def test_similar_ids_differ_by_case_or_space(tmp_path: Path, name: str) -> None:
    """Ids of rows that are not kept do not count."""
    sales, visits = [("x", 1, 1, "", ""), ("Ö ", 1, 1, "", ""), ("y", 1, 1, "", "")], [("X", 1, 1, "", ""), ("ö", 1, 1, "", "")]
    chunks = (TABLE, [chunk(sales, skipped=["Y"])]), (OTHER, [chunk(visits, table=OTHER), chunk(visits, table=OTHER)])
    with filled(name, tmp_path, *chunks) as found:
        assert found.engine.similar_ids() == [("X", "x"), ("Ö ", "ö")]


def ways(query: per_engine[..., Any]) -> pytest.MarkDecorator:
    """The query as each engine runs it, and as an engine without a way of its own would."""
    return pytest.mark.parametrize("run", [query, query.portable], ids=["own", "portable"])


@pytest.fixture(params=EVERY_ENGINE)
def found(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Filled]:
    with filled(request.param, tmp_path, (TABLE, [chunk(ROWS[:4]), chunk(ROWS[4:])]), (OTHER, [])) as tables:
        yield tables


Run = Callable[..., Any]


def test_collect_arrays_and_total_give_the_same_numbers(found: Filled) -> None:
    frame = found.frames["sales"].select("day", "amount").sort("day", "amount")
    days = [-3, 0, 18999, 19000, 19000, 19000, 19001]
    assert [row["day"] for row in collect(frame)] == arrays(frame)["day"].tolist() == days
    assert (total(frame, "amount"), total(found.frames["visits"], "day")) == (9 * 10**15 - 7, 0)


@ways(pieces)
def test_pieces_hold_all_rows(found: Filled, run: Run) -> None:
    amounts = [number for piece in run(found.frames["sales"].select("amount")) for number in piece["amount"].to_pylist()]
    assert sorted(amounts) == sorted(row[2] for row in ROWS)


@ways(materialise)
def test_materialised_rows_are_the_same(found: Filled, run: Run) -> None:
    assert found.rows(frame=run(found.frames["sales"])) == expected(ROWS)
    assert found.rows(OTHER, run(found.frames["visits"])) == []


@ways(sum_by)
def test_sum_by_adds_up_per_key(found: Filled, run: Run) -> None:
    sums = run(found.frames["sales"], ["day"], ["amount", "units"])
    assert sums.collect_schema()["amount"] == nw.Int64
    assert {row["day"]: (row["amount"], row["units"]) for row in collect(sums)} == {
        -3: (9 * 10**15, -1),
        0: (1, -1),
        18999: (7, -1),
        19000: (-10, -3),
        19001: (-5, -1),
    }


@ways(sum_by)
def test_sum_by_keeps_types_and_takes_several_keys(found: Filled, run: Run) -> None:
    frame = found.frames["sales"].filter(nw.col("day") > 18000)
    sums = run(frame, ["plan", "day"], ["units", "amount"])
    assert sums.collect_schema()["day"] == nw.Int32
    plans = (*found.words["sales"]["plan"], "")
    assert {(plans[row["plan"]], row["day"]): (row["units"], row["amount"]) for row in collect(sums)} == {
        ("free", 19000): (-1, 0),
        ("pro", 19000): (-2, -10),
        ("pro", 19001): (-1, -5),
        ("'q\"", 18999): (-1, 7),
    }
    assert collect(run(found.frames["visits"].with_columns(n=nw.lit(1)), ["day"], ["n"])) == []


@ways(period_numbers)
@pytest.mark.parametrize("edges", [[19000], [0, 19000, 19001], [-4, -3, *range(18990, 19010)]], ids=["one", "few", "many"])
def test_period_numbers_count_the_edges_passed(found: Filled, run: Run, edges: list[int]) -> None:
    numbered = run(found.frames["sales"], edges, {"period": "day", "ended": "end"})
    seen = {(row["day"], row["period"], row["ended"]) for row in collect(numbered)}
    assert seen == {(row[1], sum(edge <= row[1] for edge in edges), len(edges)) for row in ROWS}
    assert collect(run(found.frames["visits"], edges, {"period": "day"})) == []


BORDERS = [0, 1, 11, 12, 13, 2**53 - 1, 2**53 + 1, 2**53 + 3, 2**61 + 7, 2**62 - 1]


@pytest.mark.parametrize("divisor", [1, 3, 12, 504_000, 2**31, 10**12 + 1])
def test_whole_numbers_are_divided_exactly(found: Filled, divisor: int) -> None:
    """As floats they would not be: from 2^53 on, in silence."""
    frame, numbers = found.frames["sales"], [side * number for number in BORDERS for side in (1, -1)]
    columns = {f"n{at}": (nw.col("units") * 0 + number) for at, number in enumerate(numbers)}
    frame = frame.filter(nw.col("day") == 0).with_columns(**columns)
    divided = frame.select(*[nw.col(name) // divisor for name in columns])
    rests = frame.select(*[nw.col(name) % divisor for name in columns])
    assert [*collect(divided)[0].values()] == [number // divisor for number in numbers]
    assert [*collect(rests)[0].values()] == [number % divisor for number in numbers]


@ways(with_repeated_keys)
@pytest.mark.parametrize("named", [True, False])
def test_repeated_keys_give_all_their_rows(found: Filled, run: Run, named: bool) -> None:
    several = run(found.frames["sales"], named)
    rows = expected([row for row in ROWS if row[0] == "B"])
    assert sorted(row["amount"] for row in collect(several)) == [-5, -5, 7]
    assert not named or found.rows(frame=several) == rows
    assert len({row["id"] for row in collect(several)}) == 1
    assert collect(run(found.frames["visits"], named)) == []


@ways(with_keys)
@pytest.mark.parametrize("named", [True, False])
def test_with_keys_gives_the_rows_of_these_keys(found: Filled, run: Run, named: bool) -> None:
    frame = found.frames["sales"]
    few = run(frame, frame.filter(nw.col("day") >= 19000).select("id").unique(), named)
    rows = [row for row in ROWS if row[0] in ("B", "", "a")]
    assert sorted(row["day"] for row in collect(few)) == sorted(row[1] for row in rows)
    assert not named or found.rows(frame=few) == expected(rows)
    assert len({row["id"] for row in collect(few)}) == 3


@ways(running_sums)
def test_running_sums_add_up_day_by_day(found: Filled, run: Run) -> None:
    summed = collect(run(found.frames["sales"], "id", "day", ["units"], ["amount", "end"]))
    ids = found.engine.ids_as_text(row["id"] for row in summed)
    days = {(id, row["day"]): (row["amount"], row["after"], row["is_first"]) for id, row in zip(ids, summed, strict=True)}
    assert {key: value for key, value in days.items() if key[0] == "B"} == {("B", 18999): (7, 7, 1), ("B", 19000): (-10, -3, 0)}
    assert days["a", 19001] == (-5, -5, 1)
    assert len(days) == len({row[:2] for row in ROWS})
    assert collect(run(found.frames["sales"].filter(nw.col("day") < -3), "id", "day", [], ["amount"])) == []


@ways(with_running_sum)
def test_a_running_sum_starts_anew_with_each_customer(found: Filled, run: Run) -> None:
    summed = collect(run(found.frames["sales"], "so_far", "amount", ["day", "amount"]))
    ids = found.engine.ids_as_text(row["id"] for row in summed)
    sums = sorted((id, row["day"], row["so_far"]) for id, row in zip(ids, summed, strict=True))
    assert [each for each in sums if each[0] == "B"] == [("B", 18999, 7), ("B", 19000, -3), ("B", 19000, 2)]
    assert ("a", 19001, -5) in sums
    assert collect(run(found.frames["visits"].with_columns(amount=nw.lit(1)), "so_far", "amount", ["day"])) == []


@ways(possible_duplicates)
def test_possible_duplicates_hold_every_duplicate(found: Filled, run: Run) -> None:
    some = run(found.frames["sales"], ["id", "day", "amount"])
    assert found.rows(frame=some).count(expected(ROWS[:1])[0]) == 2
    assert {*found.rows(frame=some)} <= {*expected(ROWS)}
    assert collect(run(found.frames["visits"], ["id", "day"])) == []
