"""JSON, as schema.json describes it. New keys may be added; existing keys stay."""

from __future__ import annotations

from custmetrics_cli.render.data.json_text import json_text
from custmetrics_cli.render.format import Format

FORMAT = Format((".json",), lambda document, output: json_text(document.record(), output))
