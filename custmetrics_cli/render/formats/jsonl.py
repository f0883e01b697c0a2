"""JSON lines: a record per line, which stands for itself."""

from __future__ import annotations

from custmetrics_cli.render._format import Format
from custmetrics_cli.render._record import dumped

FORMAT = Format((".jsonl", ".ndjson"), lambda document, screen: "".join(dumped(each, screen) + "\n" for each in document.records()))
