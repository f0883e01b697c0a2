"""JSON lines: per line a result of the JSON contract and the rows it stands on, a row of a listing, or an inspected file."""

from __future__ import annotations

from custmetrics_cli.render._format import Format
from custmetrics_cli.render._record import dumped

FORMAT = Format((".jsonl", ".ndjson"), lambda document, screen: "".join(dumped(each, screen) + "\n" for each in document.records()))
