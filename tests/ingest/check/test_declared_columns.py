"""Derivations, rules and checks declare the columns that they read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any

import numpy as np
import pytest

from custmetrics_cli.tables import TABLES, Table

Reads = Mapping[str, Any]


class Recorder(dict[str, Any]):
    """The columns of one row, all 0, and which of them were read."""

    def __init__(self, chosen: Mapping[str, str]) -> None:
        super().__init__()
        self.chosen, self.read = chosen, set[str]()

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return np.zeros(1, np.int64)


def choices(table: Table) -> Iterator[dict[str, str]]:
    """Every combination of the table's policies, for surveys of every kind."""
    kinds = {"nps": "0-10", "csat": "", "ces": ""}
    for values in product(*(policy.values for policy in table.policies)):
        yield kinds | dict(zip((policy.name for policy in table.policies), values, strict=True))


def functions(table: Table, chosen: Mapping[str, str]) -> Iterator[tuple[str, Callable[..., Any], tuple[str, ...]]]:
    yield from ((each.name, each.make, each.columns_read(chosen)) for each in table.derived)
    yield from ((rule.reason, rule.matches, rule.reads) for rule in table.skip_rules)
    yield from ((check.code, check.matches, check.reads) for check in (*table.row_errors, *table.row_warnings))


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_the_columns_declared_are_those_read(table: Table) -> None:
    """An unreadable cell keeps a rule from skipping its row if and only if the rule reads the cell."""
    for chosen in choices(table):
        for name, function, declared in functions(table, chosen):
            columns = Recorder(chosen)
            function(columns)
            assert (name, columns.read) == (name, set(declared))
