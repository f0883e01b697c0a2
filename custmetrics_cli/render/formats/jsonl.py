"""JSON lines: one record per line, complete by itself."""

from __future__ import annotations

from custmetrics_cli.render.data.json_text import json_line
from custmetrics_cli.render.format import Format

FORMAT = Format((".jsonl", ".ndjson"), lambda document, output: "".join(json_line(each, output) + "\n" for each in document.records()))
