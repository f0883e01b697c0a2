"""Packed numbers unpack to the values they were made of, and sort as these values do."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.core.packing import LARGEST, Field, Packing

PACKING = Packing(Field("day", 6_000_001, low=-3_000_000), Field("group", 2**31, low=-2), Field("kind", 4))
VALUES = st.tuples(st.integers(-3_000_000, 3_000_000), st.integers(-2, 2**31 - 3), st.integers(0, 3))


def pack(values: tuple[int, int, int]) -> int:
    packed: int = PACKING.pack(**dict(zip(("day", "group", "kind"), values, strict=True)))
    return packed


@given(values=VALUES)
def test_numbers_are_unpacked_as_they_were_packed(values: tuple[int, int, int]) -> None:
    assert PACKING.unpack(pack(values)) == values
    assert 0 <= pack(values) < PACKING.size <= LARGEST


@given(one=VALUES, other=VALUES)
def test_packed_numbers_sort_by_the_first_field_first(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    assert (pack(one) < pack(other)) == (one < other)


@given(rows=st.lists(VALUES, min_size=1, max_size=5))
def test_arrays_and_expressions_give_the_same_numbers(rows: list[tuple[int, int, int]]) -> None:
    names = ("day", "group", "kind")
    columns = dict(zip(names, (np.array(column, np.int64) for column in zip(*rows, strict=True)), strict=True))
    packed = PACKING.pack(**columns)
    assert packed.tolist() == [pack(row) for row in rows]
    assert [column.tolist() for column in PACKING.unpack(packed)] == [column.tolist() for column in columns.values()]
    frame = nw.from_native(pd.DataFrame(columns)).lazy().select(packed=PACKING.pack(**{name: nw.col(name) for name in names}))
    again = frame.select(**dict(zip(names, PACKING.unpack(nw.col("packed")), strict=True))).collect()
    assert [*again.iter_rows()] == rows


def test_fields_that_need_more_than_a_column_are_refused() -> None:
    with pytest.raises(ValueError, match="day, group do not fit into one column"):
        Packing(Field("day", 2**40), Field("group", 2**31))
