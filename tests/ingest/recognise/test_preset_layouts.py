"""A table in the layout of any vendor's export gives the same rows as in the program's own layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custmetrics_cli.engines.query.run import collect
from tests.support.preset_desk import Desk
from tests.support.reading import ENGINES, loaded, text

COLUMNS = ("customer_id", "started_at", "ended_at", "amount", "interval", "quantity", "status", "plan")
STATES = {"active": "Läuft", "trial": "in proof", "past_due": "owes", "ended": "Gone-away", "never_started": "№1?"}
INTERVALS = {"month": "each moon", "quarter": "per season", "year": "round the sun"}
ORDERS = {"dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y", "": "%Y-%m-%d"}
Row = dict[str, str]


class Vendor(NamedTuple):
    """The way a vendor writes its exports."""

    names: Mapping[str, str]  # column -> header
    cents: bool
    comma: bool  # for decimals
    order: str  # of dates
    mails: bool  # some ids are in another column
    delimiter: str
    footer: bool
    preamble: bool


def vendors(dice: Random) -> Vendor:
    styles = (str.upper, str.title, lambda name: name.replace(" ", "_"), lambda name: f"{name} (UTC)")
    names = {column: f"{column[:3]} of {dice.choice(['it', 'them'])}{at}" for at, column in enumerate(COLUMNS)}
    flags = [dice.random() < 0.5 for _ in range(5)]
    written = {column: dice.choice(styles)(name) if column != "amount" else name for column, name in names.items()}
    return Vendor(written, flags[0], flags[1], dice.choice([*ORDERS]), flags[2], dice.choice(",;\t"), flags[3], flags[4])


def canonical(dice: Random) -> Iterator[Row]:
    for _ in range(40):
        start = dt.date(2022, 1, 1) + dt.timedelta(dice.randint(0, 300))
        end = dice.choice([None, None, start + dt.timedelta(dice.randint(1, 200))])
        yield {
            "customer_id": f"C{dice.randint(0, 15)}",
            "started_at": start.isoformat(),
            "ended_at": end.isoformat() if end else "",
            "amount": f"{dice.randint(0, 30)}.{dice.choice(['00', '50', '99'])}",
            "interval": dice.choice([*INTERVALS]),
            "quantity": str(dice.randint(1, 3)),
            "status": dice.choice([*STATES]) if not end else "ended",
            "plan": dice.choice(["pro", "basic", ""]),
        }


def cell(vendor: Vendor, column: str, text: str) -> str:
    if column.endswith("_at") and text:
        return dt.date.fromisoformat(text).strftime(ORDERS[vendor.order])
    if column == "amount":
        amount = text.replace(".", "") if vendor.cents else text
        return amount.replace(".", ",") if vendor.comma else amount
    return {"status": STATES, "interval": INTERVALS}.get(column, {}).get(text, text)


def rewritten(vendor: Vendor, rows: list[Row], dice: Random) -> str:
    """Return the rows as the vendor writes them, among rows that are not counted and with unused columns."""
    heads = [*vendor.names.values(), "mode", "mail", "note, free"]
    records = []
    for row in rows:
        mailed = vendor.mails and dice.random() < 0.5
        own = [cell(vendor, column, row[column]) for column in COLUMNS]
        records.append([*(["" if mailed else own[0]]), *own[1:], "Live", own[0], dice.choice(["", "a\nb", '5" x', "#"])])
    junk = [["x", "never", "", "much", "?", "-1", "", ""], ["C1", *records[0][1:8]]]
    for _ in range(dice.randint(0, 5)):
        records.insert(dice.randint(0, len(records)), [*dice.choice(junk), "TEST run", "", ""])
    records += [["Sum total of all", *[""] * 2, "999", *[""] * 7]] * vendor.footer
    above = "Export of contracts\n\n" * vendor.preamble
    return above + text(heads, records, delimiter=vendor.delimiter, lineterminator=dice.choice(["\n", "\r\n"]))


def preset(vendor: Vendor) -> str:
    def quoted(words: Mapping[str, str]) -> str:
        return "\n".join(f'"{theirs}" = "{ours}"' for ours, theirs in words.items())

    names = "\n".join(f'{column} = ["{name}"]' for column, name in vendor.names.items())
    return f"""
[header]
all = ["{vendor.names["customer_id"]}", "{vendor.names["amount"]}"]
[columns]
{names}
[instead]
customer_id = ["mail"]
[words.status]
{quoted(STATES)}
[words.interval]
{quoted(INTERVALS)}
[lines.aside]
"total row" = ["sum total*"]
[[rows]]
column = "mode"
is = ["test*"]
aside = "test mode"
[amounts]
unit = "{"cents" if vendor.cents else "units"}"
decimal = "{"," if vendor.comma else "."}"
[dates]
order = "{vendor.order}"
"""


def rows_of(path: str, own: str, engine: str) -> list[object]:
    """Return the used rows of a table: their ids, numbers and words."""
    with loaded([path], engine, {"subscriptions": ["plan"]}, own_presets=own) as found:
        made = collect(found.frames["subscriptions"])
        words, ids = (*found.words["subscriptions"]["plan"], ""), found.ids([row.pop("id") for row in made])
        at = found.split_columns["subscriptions"]["plan"]
        assert found.inputs[0].preset == ("made" if own else "")
        assert found.inputs[0].read == found.inputs[0].used + sum(found.inputs[0].excluded.values())
        return sorted((name, words[row.pop(at)], *sorted(row.items())) for name, row in zip(ids, made, strict=True))


@settings(max_examples=12, phases=[Phase.generate])
@given(st.integers(0, 2**32))
def test_a_table_in_any_layout_has_the_same_rows(seed: int) -> None:
    dice = Random(seed)
    vendor, rows = vendors(dice), [*canonical(dice)]
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.preset("made", "subscriptions", preset(vendor))
        ours = desk.file("ours.csv", text(COLUMNS, [[row[column] for column in COLUMNS] for row in rows]))
        theirs = desk.file("theirs.csv", rewritten(vendor, rows, dice))
        expected = rows_of(ours, "", "pandas")
        assert len(expected) > 10
        for engine in ENGINES:
            assert rows_of(theirs, str(desk.own), engine) == expected
