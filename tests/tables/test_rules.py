"""Rules and derived columns declare the columns that they read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

import numpy as np
import pytest

from custmetrics_cli.columns.survey_kind import SURVEYS
from custmetrics_cli.tables import TABLES, Table

CONTEXT = dict.fromkeys(SURVEYS, "0-10")  # the scales that rules of surveys need


class Spy(dict):
    """Columns of one row that note their reads."""

    def __init__(self, table: Table, chosen: Mapping[str, str]) -> None:
        names = [*table.kinds, *(column.as_end for column in table.columns if column.fallback_end)]
        names += [each for column in table.columns for each in (column.as_repeat, column.as_nobody)]
        super().__init__({name: np.zeros(1, np.int64) for name in names})
        self.chosen, self.rests = chosen, {}
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> np.ndarray:
        self.seen.add(name)
        return super().__getitem__(name)


def policies(table: Table) -> Iterator[dict[str, str]]:
    """Yield every combination of the table's policies."""
    for values in product(*(policy.values for policy in table.policies)):
        yield CONTEXT | dict(zip((policy.name for policy in table.policies), values, strict=True))


def columns_read(table: Table, rule: Callable, chosen: Mapping[str, str]) -> set[str]:
    spy = Spy(table, chosen)
    rule(spy)
    return spy.seen


@pytest.mark.parametrize("name", TABLES)
def test_a_rule_reads_only_the_columns_that_it_declares(name: str) -> None:
    table = TABLES[name]
    for rule, chosen in product((*table.skip_rules, *table.row_errors, *table.row_warnings), policies(table)):
        assert (rule, columns_read(table, rule.matches, chosen)) == (rule, set(rule.reads))


@pytest.mark.parametrize("name", TABLES)
def test_a_derived_column_reads_only_the_columns_that_it_declares(name: str) -> None:
    table = TABLES[name]
    for derived, chosen in product(table.derived, policies(table)):
        assert (derived, columns_read(table, derived.make, chosen)) == (derived, set(derived.columns_read(chosen)))
