"""Lines above the header."""

from __future__ import annotations

from collections.abc import Iterator

from tests.pollution.clean import customers, text
from tests.pollution.pollution import ALL, Pollution, whole

CELLS = customers(ALL)
TITLES = [
    "Customers",
    "Acme Ltd.",
    "Period: 2022",
    "",
    "Created 2022-12-31 10:00",
    "By: Ann Lee",
    "Отчёт по клиентам",
    "Page 1",
    "",
    "Filter: all",
    "*",
    "--",
    "1",
]
TABLED = [";".join([title, "a", "2022-01-01", "1,5", ""]) for title in TITLES]


def pollutions() -> Iterator[Pollution]:
    comma, semicolon = text(CELLS), text(CELLS, ";")
    for many in range(1, 14):
        plain, tabled = "".join(f"{line}\n" for line in TITLES[:many]), "".join(f"{line}\n" for line in TABLED[:many])
        yield whole(f"{many} lines", plain + comma)
        yield whole(f"{many} lines with the delimiter", tabled + semicolon)
        yield whole(f"{many} comments", "".join(f"# {line}\n" for line in TITLES[:many]) + comma)
    for mark in ",;\t|":
        for line in (f"sep={mark}", f'"sep={mark}"', f"SEP={mark}", f"sep={mark}\r"):
            yield whole(f"{line!r}", f"{line}\n" + text(CELLS, mark))
        yield whole(f"sep={mark!r} below a mark", f"\ufeffsep={mark}\n" + text(CELLS, mark))
    yield whole("a table of settings", "key,value\nfrom,2022-01-01\nto,2022-12-31\n\n" + comma)
    yield whole("a name that a header has", "customer_id\n" + comma)
    yield whole("names that a header has", "started_at,plan\n" + comma)
    yield whole("quoted over lines", '"Report\nof customers\n",,\n' + comma)
    yield whole("a quote that is not closed", 'Report of "customers\n' + comma)
    yield whole("an apostrophe", "Ann's report, 'all\n" + comma)
    yield whole("a line of delimiters", ",,,,\n" + comma)
    yield whole("a long line", "x" * 5000 + "\n" + comma)
    yield whole("comments between header and rows", comma.replace("\n", "\n# exported by Ann\n", 1))
