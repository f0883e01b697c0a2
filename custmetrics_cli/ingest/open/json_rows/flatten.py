"""One object as the cells of a row. Nested fields have dotted names: items.0.price.unit_amount."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from custmetrics_cli.ingest.open.typed.exact_text import one_line

MOST = 20  # elements of a list that become columns


def flatten(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each field. A list of plain values is one text.

    >>> dict(flatten({"id": "a", "items": {"object": "list", "data": [{"price": {"amount": "5"}}]}, "tags": ["x", "y"], "end": None}))
    {'id': 'a', 'items.0.price.amount': '5', 'tags': 'x, y', 'end': ''}
    """
    value = wrapped_list(value)
    match value:
        case Mapping():
            for key, each in value.items():
                yield from flatten(each, f"{name}.{key}" if name else str(key))
        case list() if any(isinstance(each, dict | list) for each in value):
            for at, each in enumerate(value[:MOST]):
                yield from flatten(each, f"{name}.{at}")
        case list():
            yield name, ", ".join(map(text_of, value))
        case _:
            yield name, text_of(value)


def text_of(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
    return one_line(str(value))


def wrapped_list(value: Any) -> Any:
    """Return the list in an object that only wraps it, as in Stripe's API."""
    is_wrapper = isinstance(value, dict) and value.get("object") == "list" and isinstance(value.get("data"), list)
    return value["data"] if is_wrapper else value


def is_rows(value: Any) -> bool:
    """Return whether a value is a list of objects."""
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def tables_in(value: Mapping[str, Any], prefix: str = "", levels: int = 3) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield the name and the objects of each list in an object, up to some levels down."""
    for key, each in value.items():
        name = f"{prefix}.{key}" if prefix else key
        if is_rows(each):
            yield name, each
        elif isinstance(each, dict) and levels > 1:
            yield from tables_in(each, name, levels - 1)
