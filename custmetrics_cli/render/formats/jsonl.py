"""JSON lines: a record per line, which stands for itself."""

from __future__ import annotations

from custmetrics_cli.render.data.json_text import dumped
from custmetrics_cli.render.format import Format

FORMAT = Format((".jsonl", ".ndjson"), lambda document, screen: "".join(dumped(each, screen) + "\n" for each in document.records()))
