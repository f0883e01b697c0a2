"""The input tables: one file each, discovered. The reader, `inspect`, `schema` and the docs read only this."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from custmetrics_cli.tables._table import (
    Column,
    Derived,
    FileError,
    Policy,
    RowError,
    RowWarning,
    Selection,
    SkipRule,
    SurveyQuestions,
    Table,
)

__all__ = [
    "POLICIES",
    "TABLES",
    "Column",
    "Derived",
    "FileError",
    "Policy",
    "RowError",
    "RowWarning",
    "Selection",
    "SkipRule",
    "SurveyQuestions",
    "Table",
]

_found = [import_module(f"{__name__}.{info.name}").TABLE for info in iter_modules(__path__) if not info.name.startswith("_")]
TABLES: dict[str, Table] = {table.name: table for table in sorted(_found, key=lambda table: (table.order, table.name))}

POLICIES: dict[str, Policy] = {policy.name: policy for table in TABLES.values() for policy in table.policies}
