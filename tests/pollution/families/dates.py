"""Forms of dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from tests.pollution.clean import customers, text
from tests.pollution.pollution import ALL, CLEAN, Pollution, hurt, rows, whole

RUSSIAN = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]
FORMS: dict[str, Callable[[date], str]] = {
    "iso": date.isoformat,
    "y-m-d": lambda d: f"{d.year}-{d.month}-{d.day}",
    "y/m/d": lambda d: f"{d:%Y/%m/%d}",
    "y.m.d": lambda d: f"{d:%Y.%m.%d}",
    "ymd": lambda d: f"{d:%Y%m%d}",
    "d.m.y": lambda d: f"{d:%d.%m.%Y}",
    "d.m.y bare": lambda d: f"{d.day}.{d.month}.{d.year}",
    "d.m.yy": lambda d: f"{d:%d.%m.%y}",
    "d/m/y": lambda d: f"{d:%d/%m/%Y}",
    "d/m/y bare": lambda d: f"{d.day}/{d.month}/{d.year}",
    "d/m/yy": lambda d: f"{d:%d/%m/%y}",
    "d-m-y": lambda d: f"{d:%d-%m-%Y}",
    "m/d/y": lambda d: f"{d:%m/%d/%Y}",
    "m/d/y bare": lambda d: f"{d.month}/{d.day}/{d.year}",
    "m/d/yy": lambda d: f"{d:%m/%d/%y}",
    "m-d-y": lambda d: f"{d:%m-%d-%Y}",
    "d Mon y": lambda d: f"{d:%d %b %Y}",
    "d-Mon-yy": lambda d: f"{d:%d-%b-%y}",
    "d-MON-y": lambda d: f"{d:%d-%b-%Y}".upper(),
    "d Month y": lambda d: f"{d.day} {d:%B %Y}",
    "Mon d, y": lambda d: f"{d:%b} {d.day}, {d.year}",
    "Month dth, y": lambda d: f"{d:%B} {d.day}th, {d.year}",
    "weekday": lambda d: f"{d:%a, %d %b %Y}",
    "Russian": lambda d: f"{d.day} {RUSSIAN[d.month - 1]} {d.year} г.",
    "midnight": lambda d: f"{d} 00:00:00",
    "iso time": lambda d: f"{d}T10:30:00",
    "iso Z": lambda d: f"{d}T10:30:00Z",
    "iso milliseconds": lambda d: f"{d}T10:30:00.123Z",
    "iso offset": lambda d: f"{d}T10:30:00+03:00",
    "iso offset bare": lambda d: f"{d} 10:30:00+0300",
    "UTC": lambda d: f"{d} 10:30:00 UTC",
    "GMT+3": lambda d: f"{d:%Y/%m/%d} 3:00 PM GMT+3",
    "am and pm": lambda d: f"{d:%m/%d/%Y} 3:05:00 PM",
    "d.m.y h:m": lambda d: f"{d:%d.%m.%Y} 10:30",
    "offset over midnight": lambda d: f"{d + timedelta(days=1)}T01:30:00+03:00",
    "minus over midnight": lambda d: f"{d - timedelta(days=1)}T22:30:00-03:00",
    "quoted by an apostrophe": lambda d: f"'{d}",
}
REFUSED: dict[str, Callable[[date], str]] = {
    "epoch": lambda d: str((d - date(1970, 1, 1)).days * 86400),
    "epoch milliseconds": lambda d: str((d - date(1970, 1, 1)).days * 86_400_000),
    "serial of a spreadsheet": lambda d: str((d - date(1899, 12, 30)).days),
    "year and month": lambda d: f"{d:%Y-%m}",
    "y-d-m": lambda d: f"{d:%Y-%d-%m}",
    "day of the year": lambda d: f"{d:%Y-%j}",
    "week": lambda d: f"{d:%G-W%V-%u}",
    "no year": lambda d: f"{d:%d.%m}",
    "five digits": lambda d: f"0{d}",
    "yymmdd": lambda d: f"{d:%y%m%d}",
    "ddmmyyyy": lambda d: f"{d:%d%m%Y}",
    "German months": lambda d: f"{d.day}. Mai {d.year}",
    "float": lambda d: f"{d:%Y%m%d}.0",
}


def pollutions() -> Iterator[Pollution]:
    for name, day in FORMS.items():
        yield whole(name, text(customers(ALL, day)))
    for name, day in REFUSED.items():
        yield hurt(name, text(customers(ALL, day)), CLEAN)
    for name in ("d/m/y", "m/d/y", "d/m/yy", "m/d/y bare", "d-m-y"):
        early = [c._replace(start=date(2022, c.start.month, 1 + c.start.day % 12), end=None) for c in ALL]
        early = [c for c in early if c.start.day != c.start.month]
        yield hurt(f"{name}, no day above 12", text(customers(early, FORMS[name])), type(CLEAN)())
    yield from _mixed()


def _mixed() -> Iterator[Pollution]:
    names = list(FORMS)[:-1]
    for one, other in list(zip(names, [*names[7:], *names[:7]], strict=True))[::2]:
        halves = text(customers(ALL[:30], FORMS[one])) + text(customers(ALL[30:], FORMS[other])[1:])
        yield hurt(f"{one}, then {other}", halves, CLEAN)
    for bad in ("2022-02-30", "31/31/2022", "2022-13-01", "soon", "2022-00-10", "0022-01-01", "2022-1", "20220", "99999999", "1e5"):
        yield hurt(f"{bad} once", text(customers(ALL)) + f"1,x,pro,{bad},\n", rows([]))
        yield hurt(f"ended {bad} once", text(customers(ALL)) + f"1,x,pro,2022-01-01,{bad}\n", rows([]))
