"""Ends of lines and of records."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from tests.pollution.clean import customers, text
from tests.pollution.pollution import ALL, CLEAN, Pollution, hurt, whole

LINES = text(customers(ALL)).splitlines()
ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
MIXED = {"lf and crlf": ("\n", "\r\n"), "lf and cr": ("\n", "\r"), "crlf and cr": ("\r\n", "\r"), "all three": ("\n", "\r\n", "\r")}
STRANGE = {
    "lf cr": "\n\r",
    "cr cr lf": "\r\r\n",
    "vertical tab": "\x0b",
    "form feed": "\x0c",
    "u+2028": "\u2028",
    "nel": "\x85",
    "record": "\x1e",
}
BLANK = {
    "empty": "",
    "spaces": "   ",
    "delimiters": ",,,,",
    "quotes": '"","","","",""',
    "a tab": "\t",
    "spaces and delimiters": " , , , , ",
}


def pollutions() -> Iterator[Pollution]:
    for word, end in ENDS.items():
        yield whole(word, end.join([*LINES, ""]))
        yield whole(f"{word}, none at the end", end.join(LINES))
        yield whole(f"{word}, many at the end", end.join([*LINES, *[""] * 20]))
        yield whole(f"{word}, doubled", (end * 2).join(LINES) + end)
        yield whole(f"{word}, blank lines above", end * 3 + end.join([*LINES, ""]))
        yield whole(f"{word}, a blank line below the header", end.join([LINES[0], "", *LINES[1:], ""]))
        for kind, blank in BLANK.items():
            yield whole(f"{word}, lines of {kind}", end.join([*LINES[:9], blank, *LINES[9:40], blank, blank, *LINES[40:], blank, ""]))
            yield whole(f"{word}, {kind} at the end without an end", end.join([*LINES, blank]))
    for word, ends in MIXED.items():
        yield whole(f"{word} by turns", "".join(map("".join, zip(LINES, cycle(ends), strict=False))))
        yield whole(f"{word} in halves", ends[0].join([*LINES[:30], ""]) + ends[-1].join([*LINES[30:], ""]))
        yield whole(f"{word} after the header", LINES[0] + ends[0] + ends[-1].join([*LINES[1:], ""]))
    for word, end in STRANGE.items():
        yield hurt(word, end.join([*LINES, ""]), CLEAN)
    yield hurt("no line ends", "".join(LINES))
    yield hurt("two records on a line", "\n".join([*LINES[:9], LINES[9] + LINES[10], *LINES[11:], ""]))
    yield hurt("two records on a line with a delimiter", "\n".join([*LINES[:9], LINES[9] + "," + LINES[10], *LINES[11:], ""]))
    yield hurt("a record on two lines", "\n".join([*LINES[:9], LINES[9][:7], LINES[9][7:], *LINES[10:], ""]))
