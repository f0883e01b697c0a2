"""The verdict on the program's answer to a polluted file."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, NamedTuple

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.ingest.loaded import Loaded
from tests.pollution.pollution import Pollution, Rows
from tests.support.reading import loaded

FAMILIES = sorted(info.name for info in iter_modules([str(Path(__file__).parent / "families")]))
WANTED = {"customers": ["company", "plan"], "subscriptions": []}
CUT = "W218"
MONTHLY = 5040  # parts of a cent


class Verdict(NamedTuple):
    """The outcome for one file."""

    word: str  # answered, refused, wrong
    detail: str = ""  # the codes of a refusal, or the difference of a wrong answer


def pollutions(family: str) -> list[Pollution]:
    return list(import_module(f"tests.pollution.families.{family}").pollutions())


def judge(pollution: Pollution, folder: Path) -> Verdict:
    path = folder / pollution.file
    path.write_bytes(pollution.data)
    try:
        with loaded([path], wanted=WANTED) as found:
            answer, codes = _rows(found), {warned.code for warned in found.warnings}
    except CustmetricsError as refusal:
        codes = ", ".join(dict.fromkeys(problem.code for problem in refusal.problems))
        internal = any(problem.code.startswith("E9") for problem in refusal.problems)
        return Verdict("wrong" if internal else "refused", codes)
    except Exception as error:  # it is reported with the name of its pollution
        return Verdict("wrong", repr(error))
    right = answer in pollution.right or (CUT in codes and answer in pollution.warned) or pollution.warned_by in codes
    return Verdict("answered") if right else Verdict("wrong", _difference(answer, pollution.right))


def _rows(found: Loaded) -> Rows:
    """Return the rows in the form of the clean tables."""
    table = next(iter(found.frames))
    records = collect(found.frames[table])
    ids = found.ids([row["id"] for row in records])
    return Counter((name, _day(row["started_at"]), _end(row), *_rest(found, table, row)) for name, row in zip(ids, records, strict=True))


def _rest(found: Loaded, table: str, row: dict[str, Any]) -> list[object]:
    if table == "subscriptions":
        return [row["monthly"] // MONTHLY if row["monthly"] % MONTHLY == 0 else row["monthly"] / MONTHLY]
    own = found.split_columns[table]
    return [(*found.words[table][at], None)[row[at]] for at in (own[name] for name in WANTED[table] if name in own)]


def _day(number: int) -> dt.date:
    return dt.date(1970, 1, 1) + dt.timedelta(days=number)


def _end(row: dict[str, Any]) -> dt.date | None:
    return None if row["ended_at"] == FAR else _day(row["ended_at"])


def _difference(answer: Rows, right: tuple[Rows, ...]) -> str:
    more, less = (answer - right[0], right[0] - answer) if right else (answer, Counter())
    return f"{more.total()} rows too many ({[*more][:2]}), {less.total()} missing ({[*less][:2]})"
