"""Several small whole numbers in one: a declaration that both sides share, the query that packs and the code that unpacks."""

from __future__ import annotations

from math import prod
from typing import Any, NamedTuple

LARGEST = 2**63 - 1  # the largest whole number of a column


class Field(NamedTuple):
    """One of the numbers of a packing."""

    name: str
    size: int  # how many values it can have
    low: int = 0  # the smallest of them


class Packing:
    """A way to write the values of some fields as one whole number. Packed numbers sort by the first field, then by the second, and so on.

    The values may be integers, numpy arrays or expressions of 64-bit integers.

    >>> clock = Packing(Field("hour", 24), Field("minute", 60), Field("zone", 25, low=-12))
    >>> clock.pack(hour=13, minute=45, zone=-1)
    20636
    >>> clock.unpack(20636)
    (13, 45, -1)
    >>> Packing(Field("day", 2**40), Field("group", 2**31))
    Traceback (most recent call last):
    ValueError: day, group do not fit into one column
    """

    def __init__(self, *fields: Field) -> None:
        self.fields = fields
        self.size = prod(field.size for field in fields)
        self._weights = [prod(field.size for field in fields[number:]) for number in range(1, len(fields) + 1)]
        if self.size > LARGEST:
            raise ValueError(f"{', '.join(field.name for field in fields)} do not fit into one column")

    def pack(self, **values: Any) -> Any:
        """Return one number for a value of each field."""
        varying = [field for field in self.fields if field.size > 1]
        packed: Any = values[varying[0].name] if varying else 0
        for field in varying[1:]:
            packed = packed * field.size + values[field.name]
        shift = sum(field.low * weight for field, weight in zip(self.fields, self._weights, strict=True) if field.size > 1)
        return packed - shift if shift else packed

    def unpack(self, packed: Any) -> tuple[Any, ...]:
        """Return the value of each field, in their order."""
        return tuple(self._value(packed, number) for number in range(len(self.fields)))

    def _value(self, packed: Any, number: int) -> Any:
        field, weight = self.fields[number], self._weights[number]
        if field.size == 1:
            return packed * 0 + field.low
        value = packed // weight if weight > 1 else packed
        value = value % field.size if number else value
        return value + field.low if field.low else value
