"""JSON: a contract (schema.json). New keys may come, old ones stay."""

from __future__ import annotations

from custmetrics_cli.render._format import Format
from custmetrics_cli.render._record import json_text

FORMAT = Format((".json",), lambda document, screen: json_text(document.record(), screen))
