"""The contract of the JSON formats, as shipped."""

from __future__ import annotations

from pathlib import Path


def schema_text() -> str:
    """A JSON Schema (2020-12): answers, listings, inspections and errors at the top, `#/$defs/result` for a line of jsonl."""
    return Path(__file__).with_name("schema.json").read_text(encoding="utf-8")
