"""The csv module's reader, for cells of any length: its limit holds for the whole process, so it is set once and never lowered."""

from __future__ import annotations

import csv

csv.field_size_limit(max(csv.field_size_limit(), 2**31 - 1))  # the most that every platform takes

reader = csv.reader
