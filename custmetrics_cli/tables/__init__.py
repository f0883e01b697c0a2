"""The input tables. One file declares one table, and is found by its place; to add a table, add a file.

A table lists its columns and the rules for its rows (shared/). The reader, `inspect`, `schema` and the docs use only this.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from custmetrics_cli.tables.shared.column import Column, SurveyQuestions
from custmetrics_cli.tables.shared.rules import Derived, FileError, Policy, RowError, RowWarning, SkipRule
from custmetrics_cli.tables.shared.table import Selection, Table

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

_modules = [import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__) if not info.ispkg]
TABLES: dict[str, Table] = {table.name: table for table in sorted((m.TABLE for m in _modules), key=lambda table: (table.order, table.name))}

POLICIES: dict[str, Policy] = {policy.name: policy for table in TABLES.values() for policy in table.policies}
