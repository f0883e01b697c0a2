"""Numbers of orders: text. In frames each distinct text has a number of its own, and rows without text have 0 (Column.as_key)."""

from __future__ import annotations

from custmetrics_cli.columns import ColumnKind
from custmetrics_cli.columns.text import TextReader

ORDER_ID = ColumnKind("order id", "", "text; rows with the same text are one order", "1001", TextReader(), is_text=True, is_key=True)
