"""The csv module's reader, for cells of any length. The limit is one per process: it is raised once and never lowered."""

from __future__ import annotations

import csv

csv.field_size_limit(max(csv.field_size_limit(), 2**31 - 1))  # the largest limit on every platform

reader = csv.reader
