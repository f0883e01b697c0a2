"""The JSON schema, as shipped."""

from __future__ import annotations

from pathlib import Path


def schema_text() -> str:
    """Return a JSON Schema (2020-12): documents at the top, `#/$defs/result` for a line of JSON lines."""
    return Path(__file__).with_name("schema.json").read_text(encoding="utf-8")
