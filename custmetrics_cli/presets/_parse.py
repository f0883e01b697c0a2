"""From TOML to a preset. What is misspelt, or names what no table has, is an error: a preset half understood reads wrong numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn, get_args

from custmetrics_cli.columns.text import ID
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, near
from custmetrics_cli.presets._preset import Lines, Preset, RowChoice, Texts, Unit
from custmetrics_cli.tables import TABLES

CONFIDENCES = ("high", "medium", "low")
ORDERS = ("", "dmy", "mdy", "ymd")
HINT = "custmetrics presets NAME shows one that works"
KEYS = {
    "": "vendor export table confidence notes warns refuses header columns instead words constants rows lines amounts dates lacks",
    "header": "all any rows",
    "rows": "column is not unlike aside refuse",
    "lines": "aside groups",
    "amounts": "unit decimal",
    "dates": "zone order order_if epoch",
}


class TomlTable:
    """A table of the file, whose keys are taken by kind."""

    def __init__(self, said: Any, name: str, place: Place) -> None:
        self.name, self.place = name, place
        self.said: dict[str, Any] = said if isinstance(said, dict) else self.fail(f"[{name}] is not a table")
        known = KEYS[name].split() if name in KEYS else []
        for key in self.said if known else ():
            if key not in known:
                self.fail(f"'{key}' is nothing that {f'[{name}]' if name else 'it'} can say", near(key, known))

    def fail(self, message: str, hint: str = HINT) -> NoReturn:
        raise CustmetricsError(Problem("E188", f"this preset cannot be used: {message}", self.place, hint))

    def text(self, key: str, default: str | None = "", known: tuple[str, ...] = ()) -> str:
        found = self.said.get(key, default)
        if not isinstance(found, str):
            self.fail(f"{key} is missing, or no text")
        if known and found not in known:
            self.fail(f"{key} is '{found}'", near(found, [each for each in known if each]))
        return found

    def texts(self, key: str) -> Texts:
        """A text or a list of them."""
        found = self.said.get(key, [])
        every = [found] if isinstance(found, str) else found
        if not isinstance(every, list) or not all(isinstance(each, str) for each in every):
            self.fail(f"{key} is no list of texts")
        return tuple(every)

    def table(self, key: str) -> TomlTable:
        return TomlTable(self.said.get(key, {}), key, self.place)

    def each(self, take: Callable[[TomlTable, str], Any]) -> dict[str, Any]:
        return {key: take(self, key) for key in self.said}


def parse_preset(name: str, said: Mapping[str, Any], path: str) -> Preset:
    """Raises CustmetricsError E188. path: of the file, as it is shown."""
    top = TomlTable(dict(said), "", Place(path))
    header, amounts, dates = top.table("header"), top.table("amounts"), top.table("dates")
    made = Preset(
        name=name,
        vendor=top.text("vendor", None),
        export=top.text("export", None),
        table=top.text("table", None, tuple(TABLES)),
        confidence=top.text("confidence", None, CONFIDENCES),
        all=tuple(_groups(header)),
        any=header.texts("any"),
        rows=_count(header),
        columns=top.table("columns").each(TomlTable.texts),
        instead=top.table("instead").each(TomlTable.texts),
        words=top.table("words").each(lambda words, column: words.table(column).each(TomlTable.text)),
        constants=top.table("constants").each(TomlTable.text),
        choices=tuple(_choices(top)),
        lines=_lines(top.table("lines")),
        unit=amounts.text("unit", "units", get_args(Unit)),  # type: ignore[arg-type]
        decimal=amounts.text("decimal", "", ("", ".", ",")),
        zone=dates.text("zone"),
        order=dates.text("order", "", ORDERS),
        order_if=dates.texts("order_if"),
        epoch=dates.said.get("epoch", False) is True,
        lacks=top.table("lacks").each(TomlTable.text),
        notes=top.texts("notes"),
        warns=top.table("warns").each(TomlTable.text),
        refuses=top.text("refuses"),
        path=path,
    )
    _prove(top, made)
    return made


def _groups(header: TomlTable) -> Iterator[Texts]:
    found = header.said.get("all")
    if not isinstance(found, list) or not found:
        header.fail("[header] all is no list of headings")
    for each in found:
        group = [each] if isinstance(each, str) else each
        if not isinstance(group, list) or not group or not all(isinstance(name, str) for name in group):
            header.fail("[header] all holds texts, or lists of them")
        yield tuple(group)


def _count(header: TomlTable) -> int:
    found = header.said.get("rows", 1)
    return found if isinstance(found, int) and 1 <= found <= 5 else header.fail("[header] rows is a number from 1 to 5")


def _choices(top: TomlTable) -> Iterator[RowChoice]:
    every = top.said.get("rows", [])
    for said in every if isinstance(every, list) else top.fail("rows is written [[rows]]"):
        one = TomlTable(said, "rows", top.place)
        found = RowChoice(one.texts("column"), one.texts("is"), one.texts("not"), one.text("unlike"), one.text("aside"), one.text("refuse"))
        if not found.columns or sum(map(bool, found[1:4])) != 1 or bool(found.aside) == bool(found.refuse):
            one.fail("[[rows]] has a column, one of is, not and unlike, and one of aside and refuse")
        yield found


def _lines(said: TomlTable) -> Lines:
    return Lines(said.table("aside").each(TomlTable.texts), said.text("groups"))


def _prove(top: TomlTable, made: Preset) -> None:
    """What is only about columns of the table must name such ones; [columns] may name segments, too."""
    known = TABLES[made.table].by_name
    for where, names in (("words", made.words), ("constants", made.constants), ("instead", made.instead), ("warns", made.warns)):
        for name in names:
            if name not in known:
                top.fail(f"[{where}] names '{name}', and the table {made.table} has no such column", near(name, known))
            if known[name].kind is ID and where in ("words", "constants"):
                top.fail(f"[{where}] names '{name}', and ids are read as they stand", "set rows aside by what stands there: [[rows]]")
