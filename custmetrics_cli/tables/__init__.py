"""The input tables. One file declares one table, and is found by its place; to add a table, add a file.

A table lists its columns and the rules for its rows (shared/). The reader, `inspect`, `schema` and the docs use only this.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from custmetrics_cli.core.discovery import Discovered
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

_DECLARED: Mapping[str, Table] = Discovered(sys.modules[__name__], "TABLE")

TABLES: dict[str, Table] = {table.name: table for table in sorted(_DECLARED.values(), key=lambda table: (table.order, table.name))}

POLICIES: dict[str, Policy] = {policy.name: policy for table in TABLES.values() for policy in table.policies}
