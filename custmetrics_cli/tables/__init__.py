"""The input tables by name: each file here that declares TABLE."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from custmetrics_cli.core.discovery import Discovered
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

_DECLARED: Mapping[str, Table] = Discovered(sys.modules[__name__], "TABLE")

TABLES: dict[str, Table] = {table.name: table for table in sorted(_DECLARED.values(), key=lambda table: (table.order, table.name))}

POLICIES: dict[str, Policy] = {policy.name: policy for table in TABLES.values() for policy in table.policies}
