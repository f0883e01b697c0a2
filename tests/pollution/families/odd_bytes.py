"""Bytes that are not text: zeros, end marks, control characters."""

from __future__ import annotations

from collections.abc import Iterator

from tests.pollution.clean import customers, text
from tests.pollution.pollution import ALL, CLEAN, Pollution, Rows, hurt, rows, whole

DATA = text(customers(ALL)).encode()
LINE = DATA.index(b"\n", 900) + 1
ZEROS = "W266"  # zero bytes were left out
PLACES = {
    "first": 0,
    "in the header": 5,
    "before a row": LINE,
    "in a date": DATA.index(b"2022-") + 6,
    "before the end": len(DATA) - 1,
    "last": len(DATA),
}
CHARACTERS = {
    "zero": "\0",
    "end of file": "\x1a",
    "escape": "\x1b[31m",
    "backspace": "\b",
    "zero-width space": "\u200b",
    "soft hyphen": "\u00ad",
    "byte order mark": "\ufeff",
    "right-to-left mark": "\u200f",
    "no-break space": "\u00a0",
    "replacement": "\ufffd",
}


def _in_id(character: str) -> Rows:
    """Return the rows with the character in an id: ids are kept as they are written."""
    found = next(c for c in ALL if c.id.encode() == DATA[LINE : LINE + 4])
    return rows([c for c in ALL if c != found] + [found._replace(id=character + found.id)])


def pollutions() -> Iterator[Pollution]:
    for name, character in CHARACTERS.items():
        for where, at in PLACES.items():
            yield hurt(
                f"{name} {where}", DATA[:at] + character.encode() + DATA[at:], CLEAN, *([_in_id(character)] * (where == "before a row"))
            )
    for many in (1, 2, 511, 512, 4096):
        yield hurt(f"{many} zeros at the end", DATA + b"\0" * many, CLEAN)
        yield hurt(f"{many} zeros in the middle", DATA[:LINE] + b"\0" * many + DATA[LINE:], CLEAN)
        damaged = hurt(f"{many} zeros in place of text", DATA[:LINE] + b"\0" * many + DATA[LINE + many :])
        yield damaged._replace(warned_by=ZEROS)
    yield whole("end of file on a line", DATA + b"\x1a")
    yield whole("end of file after a line end", DATA + b"\x1a\r\n")
    yield hurt("all zeros", b"\0" * 4096)
    yield hurt("nothing", b"")
    yield hurt("line ends", b"\n" * 60)
    yield hurt("a mark alone", b"\xef\xbb\xbf")
