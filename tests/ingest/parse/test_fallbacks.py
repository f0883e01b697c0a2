"""An empty cell is an error where the column must be filled, whether or not the file must have the column."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from custmetrics_cli.columns import ColumnFormat
from custmetrics_cli.columns.count import COUNT
from custmetrics_cli.ingest.parse.distinct import DistinctTexts, to_numbers
from custmetrics_cli.ingest.repair.explain import is_readable
from custmetrics_cli.tables.shared.column import Column

CELLS = DistinctTexts(pa.array(["3", "", "x"]), np.array([0, 1, 2, 1]))


@pytest.mark.parametrize(
    ("required", "filled", "fine"), [(True, None, False), (True, False, True), (False, None, True), (False, True, False)]
)
def test_an_empty_cell_is_readable_unless_the_column_must_be_filled(required: bool, filled: bool | None, fine: bool) -> None:
    """The column reader and the explanation of a cell agree."""
    column = Column("quantity", COUNT, "how many", required=required, needs_value=filled, empty=1)
    assert to_numbers(column, CELLS, ColumnFormat()).ok.tolist() == [True, fine, False, fine]
    assert [is_readable(column, text, {"quantity": ColumnFormat()}) for text in ("3", "", "x")] == [True, fine, False]
    assert to_numbers(column, CELLS, ColumnFormat()).values.tolist() == [3, 1, 1, 1]
