"""JSON as text, byte by byte."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from custmetrics_cli.render.document import Record
from custmetrics_cli.render.numbers import HARMFUL

if TYPE_CHECKING:
    from custmetrics_cli.render.screen import Output


def dumped(value: Any, output: Output, indent: int | None = None) -> str:
    r"""JSON in which no character can act on a screen or fail to be encoded: those are written \uXXXX, without loss."""
    text = json.dumps(value, ensure_ascii=output.ascii, allow_nan=False, indent=indent)
    return "\n".join(HARMFUL.sub(_json_escape, line) for line in text.split("\n"))


def json_text(record: Record, output: Output) -> str:
    return dumped(record, output, indent=2) + "\n"


def _json_escape(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]
