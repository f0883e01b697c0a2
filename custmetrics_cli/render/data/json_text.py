"""JSON as text, byte by byte."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from custmetrics_cli.core.safety.characters import HARMFUL

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Record
    from custmetrics_cli.render.output import Output


def json_line(value: Any, output: Output, indent: int | None = None) -> str:
    r"""Return JSON that any output can show. Characters that could act on a screen are written as \uXXXX, without loss."""
    text = json.dumps(value, ensure_ascii=output.ascii, allow_nan=False, indent=indent)
    return "\n".join(HARMFUL.sub(_escape, line) for line in text.split("\n"))


def json_text(record: Record, output: Output) -> str:
    return json_line(record, output, indent=2) + "\n"


def _escape(match: re.Match[str]) -> str:
    code = json.dumps(match[0])[1:-1]
    return f"\\{code}" if "\ud800" <= match[0] <= "\udfff" else code  # half of a pair is not valid JSON: it becomes text
