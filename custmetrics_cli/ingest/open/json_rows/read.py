"""Read the values of a JSON file: one value, or many one after the other. Numbers keep their digits as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from custmetrics_cli.ingest.open.encoding import detect
from custmetrics_cli.ingest.open.typed.exact_text import LARGEST, exact, without_three_decimals

BETWEEN = re.compile(r"[\s,\x1e]*")  # between values: some programs separate them by commas
PLAIN = re.compile(r"-?\d{1,14}\.\d+")


def number_text(text: str) -> str:
    """Return the text of a number with a point or an exponent.

    >>> number_text("99.90"), number_text("5.0"), number_text("1.5e3"), number_text("1.234"), number_text("0.30000000000000004")
    ('99.90', '5', '1500', '1.2340', '0.3')
    """
    value = float(text)
    is_plain = PLAIN.fullmatch(text) and value != int(value) and exact(value) == without_three_decimals(repr(value))
    return without_three_decimals(text) if is_plain or abs(value) >= LARGEST else exact(value)


DECODER = json.JSONDecoder(parse_float=number_text, parse_int=str, parse_constant=str)


def read_lines(path: Path, shown: str) -> Iterator[tuple[int, Any]]:
    """Yield the number of each line that is not empty, and its value. Raises ValueError."""
    with path.open(encoding=_codec(path, shown), newline="\n") as file:
        for number, line in enumerate(file, 1):
            if text := line.strip("\ufeff\x1e \t\r\n"):
                try:
                    yield number, DECODER.decode(text)
                except json.JSONDecodeError as error:
                    raise ValueError(f"line {number}: {error.msg}") from None


def read_values(path: Path, shown: str) -> list[Any]:
    """Return all values of a file. Raises ValueError."""
    text = path.read_text(encoding=_codec(path, shown)).removeprefix("\ufeff")
    values, at = [], _skip(text, 0)
    while at < len(text):
        try:
            value, end = DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise ValueError(f"line {error.lineno}: {error.msg}") from None
        values.append(value)
        at = _skip(text, end)
    return values


def has_lines(path: Path, shown: str) -> bool:
    """Return whether each line is a value of its own, as far as the first two lines show it."""
    lines = read_lines(path, shown)
    try:
        first = next(lines, None)
        second = next(lines, None)
    except ValueError:
        return False
    return first is not None and isinstance(first[1], dict) and second is not None


def _skip(text: str, at: int) -> int:
    match = BETWEEN.match(text, at)
    return match.end() if match else at


def _codec(path: Path, shown: str) -> str:
    return detect(path, shown).codec
