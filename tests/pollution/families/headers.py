"""Headers: over several rows, in other spellings, repeated, or missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.pollution.clean import CUSTOMERS, customers, text
from tests.pollution.pollution import ALL, CLEAN, Pollution, hurt, rows, whole

ROWS = customers(ALL)[1:]
WRITTEN = {
    "capitals": ["CUSTOMER_ID", "COMPANY", "PLAN", "STARTED_AT", "ENDED_AT"],
    "words": ["Customer ID", "Company", "Plan", "Started at", "Ended at"],
    "spaces around": [f"  {name}  " for name in CUSTOMERS],
    "no-break spaces": ["customer\u00a0id", "company", "plan", "started\u00a0at", "ended\u00a0at"],
    "dashes": ["customer-id", "company", "plan", "started-at", "ended-at"],
    "run together": ["CustomerId", "company", "plan", "startedAt", "endedAt"],
    "quoted": [f"'{name}'" for name in CUSTOMERS],
    "marks": [f"*{name}:" for name in CUSTOMERS],
    "zone": ["customer_id", "company", "plan", "started_at (UTC)", "ended_at (UTC)"],
    "Russian": ["Код клиента", "company", "plan", "Дата начала", "Дата окончания"],
    "byte order mark within": ["\ufeffcustomer_id", *CUSTOMERS[1:]],
    "zero-width spaces": [f"\u200b{name}\u200b" for name in CUSTOMERS],
    "on two lines": ["customer\nid", "company", "plan", "started\nat", "ended\nat"],
}
ABOVE = {
    "groups": ["Customer", "", "", "Dates", ""],
    "groups repeated": ["Customer", "Customer", "Customer", "Dates", "Dates"],
    "letters": ["A", "B", "C", "D", "E"],
    "numbers": ["1", "2", "3", "4", "5"],
    "titles": ["Who", "Name", "Tariff", "First day", "Last day"],
}
BELOW = {
    "numbers": ["1", "2", "3", "4", "5"],
    "types": ["text", "text", "text", "date", "date"],
    "types of a database": ["varchar(10)", "varchar", "varchar", "timestamp", "timestamp"],
    "a rule": ["---", "---", "---", "---", "---"],
    "a rule as wide as cells": ["-----------", "-------", "----", "----------", "--------"],
    "a rule of equals": ["===", "===", "===", "===", "==="],
    "how dates are written": ["", "", "", "yyyy-mm-dd", "yyyy-mm-dd"],
    "ids of questions": [f'{{"ImportId":"{name}"}}' for name in CUSTOMERS],
    "explanations": ["who it is", "their name", "what they have", "first day", "last day"],
    "names once more": ["Customer", "Company", "Plan", "Started", "Ended"],
    "blanks": ["", "", "", "", ""],
}


def pollutions() -> Iterator[Pollution]:
    for name, header in WRITTEN.items():
        yield whole(name, text([header, *ROWS]))
    for name, line in ABOVE.items():
        yield whole(f"{name} above", text([line, CUSTOMERS, *ROWS]))
        yield whole(f"{name} above, ;", text([line, CUSTOMERS, *ROWS], ";"))
    for name, line in BELOW.items():
        yield whole(f"{name} below", text([CUSTOMERS, line, *ROWS]))
        for title, above in list(ABOVE.items())[::3]:
            yield whole(f"{title} above, {name} below", text([above, CUSTOMERS, line, *ROWS]))
    yield from _again()
    yield from _doubled()
    yield hurt("none", text(ROWS))
    yield hurt("in the middle", text([*ROWS[:30], CUSTOMERS, *ROWS[30:]]))
    yield hurt("at the end", text([*ROWS, CUSTOMERS]))
    yield hurt("one name too few", text([CUSTOMERS[:4], *ROWS]))
    yield hurt("one name too few at the front", text([CUSTOMERS[1:], *ROWS]))
    yield whole("a further name without cells", text([[*CUSTOMERS, "more"], *([*row, ""] for row in ROWS)]))
    yield hurt("a further name", text([[*CUSTOMERS, "more"], *ROWS]))


def _again() -> Iterator[Pollution]:
    for every in (1, 7, 20, 59):
        pages = [line for at, row in enumerate(ROWS) for line in ([CUSTOMERS, row] if at % every == 0 else [row])]
        yield whole(f"again every {every} rows", text(pages))
        yield whole(f"again every {every} rows after a blank line", text(_blank_before(pages)))
    yield whole("twice", text([CUSTOMERS, CUSTOMERS, *ROWS]))
    yield whole("again at the end", text([CUSTOMERS, *ROWS, CUSTOMERS]))
    yield whole("two files one after the other", text([CUSTOMERS, *ROWS[:30]]) + "\ufeff" + text([CUSTOMERS, *ROWS[30:]]))


def _blank_before(pages: Sequence[list[str]]) -> list[list[str]]:
    return [line for row in pages for line in ([[], row] if row == CUSTOMERS else [row])][1:]


def _doubled() -> Iterator[Pollution]:
    yield whole("a name twice, of no column read", text([[*CUSTOMERS, "note", "note"], *([*row, "a", "b"] for row in ROWS)]))
    for at, name in enumerate(CUSTOMERS):
        yield hurt(f"{name} twice", text([[*CUSTOMERS, name], *([*row, row[at]] for row in ROWS)]), CLEAN)
        first = rows(c._replace(**{name: None}) for c in ALL) if name in ("company", "plan") else CLEAN  # the first of that name
        yield hurt(f"{name} twice, once empty", text([[name, *CUSTOMERS], *(["", *row] for row in ROWS)]), CLEAN, first)
