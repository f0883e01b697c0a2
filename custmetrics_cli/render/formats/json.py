"""JSON: a contract (schema.json). New keys may come, old ones stay."""

from __future__ import annotations

from custmetrics_cli.render.data.json_text import json_text
from custmetrics_cli.render.format import Format

FORMAT = Format((".json",), lambda document, screen: json_text(document.record(), screen))
