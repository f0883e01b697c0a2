"""Named tuples as plain JSON, and back: how a file was read goes into the manifest as it is."""

from __future__ import annotations

import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from custmetrics_cli.tables import TABLES, Table

Kind = TypeVar("Kind")


def to_plain(value: Any) -> Any:
    """Return a value of named tuples, mappings, tuples and texts as JSON has it. A table is its name.

    >>> from custmetrics_cli.ingest.model import Dialect, TableLines
    >>> to_plain({"lines": TableLines(1, 2), "dialect": Dialect(";", '"')})
    {'lines': {'header': 1, 'data': 2, 'last': 0}, 'dialect': {'delimiter': ';', 'quote': '"', 'escape': '', 'spaced': False}}
    """
    if isinstance(value, Table):
        return value.name
    if hasattr(value, "_asdict"):
        return {name: to_plain(each) for name, each in value._asdict().items()}
    if isinstance(value, Mapping):
        return {str(key): to_plain(each) for key, each in value.items()}
    if isinstance(value, (tuple, list, frozenset)):
        return [to_plain(each) for each in value]
    return value


def from_plain(kind: type[Kind], plain: Any) -> Kind:
    """Return the value of a kind. Raises KeyError, TypeError, ValueError for JSON of another form.

    >>> from custmetrics_cli.ingest.model import TableLines
    >>> from_plain(TableLines, {"header": 1, "data": 2, "last": 0})
    TableLines(header=1, data=2, last=0)
    """
    read: Kind = _read(kind, plain)
    return read


def _read(kind: Any, plain: Any) -> Any:
    if kind is Table:
        return TABLES[plain]
    if hasattr(kind, "_fields"):
        hints = _hints(kind)
        return kind(**{name: _read(hints[name], each) for name, each in plain.items()})
    origin, parts = get_origin(kind), get_args(kind)
    if origin is tuple:
        kinds = [parts[0]] * len(plain) if len(parts) == 2 and parts[1] is Ellipsis else parts
        return tuple(_read(each, item) for each, item in zip(kinds, plain, strict=True))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {parts[0](key): _read(parts[1], each) for key, each in plain.items()}
    if origin in (Union, types.UnionType):
        return None if plain is None else _read(next(each for each in parts if each is not type(None)), plain)
    return plain if kind is Any else _checked(plain, kind)


def _checked(plain: Any, kind: Any) -> Any:
    """Return a text, a number or a truth value. Raises TypeError."""
    if get_origin(kind) is not Literal and type(plain) is not kind:
        raise TypeError(f"{plain!r} is not {kind.__name__}")
    return plain


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
