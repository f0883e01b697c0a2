"""Parse a preset from TOML. An unknown key or column is an error: a preset that is half understood gives wrong numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn, get_args

from custmetrics_cli.columns.score import read_scale
from custmetrics_cli.columns.survey_kind import SURVEYS
from custmetrics_cli.columns.text import ID
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, near
from custmetrics_cli.presets._preset import Lines, Preset, RowChoice, Texts, Unit
from custmetrics_cli.tables import TABLES, Policy

CONFIDENCES = ("high", "medium", "low")
ORDERS = ("", "dmy", "mdy", "ymd")
HINT = "custmetrics presets NAME shows a working one"
KEYS = {
    "": "vendor export table confidence notes warns refuses header columns instead words constants rows lines scale amounts dates lacks",
    "header": "all any rows",
    "rows": "column is not unlike aside refuse unless",
    "lines": "aside groups",
    "amounts": "unit decimal",
    "scale": " ".join(SURVEYS[1:]),
    "dates": "zone order order_if epoch",
}


class TomlTable:
    """A table of the file, with a method for each kind of value. Every method raises E188 for another kind."""

    def __init__(self, values: Any, name: str, place: Place) -> None:
        self.name, self.place = name, place
        self.values: dict[str, Any] = values if isinstance(values, dict) else self.fail(f"[{name}] is not a table")
        known = KEYS[name].split() if name in KEYS else []
        for key in self.values if known else ():
            if key not in known:
                self.fail(f"'{key}' is not a key of {f'[{name}]' if name else 'a preset'}", near(key, known))

    def fail(self, message: str, hint: str = HINT) -> NoReturn:
        raise CustmetricsError(Problem("E188", f"this preset cannot be used: {message}", self.place, hint))

    def text(self, key: str, default: str | None = "", known: tuple[str, ...] = ()) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str):
            self.fail(f"{key} must be a text")
        if known and value not in known:
            self.fail(f"{key} is '{value}'", near(value, [word for word in known if word]))
        return value

    def texts(self, key: str) -> Texts:
        """Return a text or a list of texts as a tuple."""
        value = self.values.get(key, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            self.fail(f"{key} must be a list of texts")
        return tuple(values)

    def table(self, key: str) -> TomlTable:
        return TomlTable(self.values.get(key, {}), key, self.place)

    def each(self, read: Callable[[TomlTable, str], Any]) -> dict[str, Any]:
        return {key: read(self, key) for key in self.values}


def parse_preset(name: str, values: Mapping[str, Any], path: str) -> Preset:
    """Return the preset. path: as shown in errors. Raises E188."""
    top = TomlTable(dict(values), "", Place(path))
    header, amounts, dates = top.table("header"), top.table("amounts"), top.table("dates")
    preset = Preset(
        name=name,
        vendor=top.text("vendor", None),
        export=top.text("export", None),
        table=top.text("table", None, tuple(TABLES)),
        confidence=top.text("confidence", None, CONFIDENCES),
        all=tuple(_required_headers(header)),
        any=header.texts("any"),
        rows=_header_lines(header),
        columns=top.table("columns").each(TomlTable.texts),
        instead=top.table("instead").each(TomlTable.texts),
        words=top.table("words").each(lambda words, column: words.table(column).each(TomlTable.text)),
        constants=top.table("constants").each(TomlTable.text),
        choices=tuple(_row_choices(top)),
        lines=_lines(top.table("lines")),
        scale=top.table("scale").each(_scale),
        unit=amounts.text("unit", "units", get_args(Unit)),  # type: ignore[arg-type]
        decimal=amounts.text("decimal", "", ("", ".", ",")),
        zone=dates.text("zone"),
        order=dates.text("order", "", ORDERS),
        order_if=dates.texts("order_if"),
        epoch=dates.values.get("epoch", False) is True,
        lacks=top.table("lacks").each(TomlTable.text),
        notes=top.texts("notes"),
        warns=top.table("warns").each(TomlTable.text),
        refuses=top.text("refuses"),
        path=path,
    )
    _check_columns(top, preset)
    return preset


def _required_headers(header: TomlTable) -> Iterator[Texts]:
    values = header.values.get("all")
    if not isinstance(values, list) or not values:
        header.fail("[header] all must be a list of headers")
    for value in values:
        group = [value] if isinstance(value, str) else value
        if not isinstance(group, list) or not group or not all(isinstance(name, str) for name in group):
            header.fail("[header] all must contain texts, or lists of texts")
        yield tuple(group)


def _header_lines(header: TomlTable) -> int:
    value = header.values.get("rows", 1)
    return value if isinstance(value, int) and 1 <= value <= 5 else header.fail("[header] rows must be a number from 1 to 5")


def _row_choices(top: TomlTable) -> Iterator[RowChoice]:
    rules = top.values.get("rows", [])
    for values in rules if isinstance(rules, list) else top.fail("rows must be written [[rows]]"):
        rule = TomlTable(values, "rows", top.place)
        choice = RowChoice(
            rule.texts("column"),
            rule.texts("is"),
            rule.texts("not"),
            rule.text("unlike"),
            rule.text("aside"),
            rule.text("refuse"),
            _unless(rule, TABLES[top.text("table")].policies),
        )
        tests = (choice.is_, choice.is_not, choice.unlike)
        if not choice.columns or sum(map(bool, tests)) != 1 or bool(choice.aside) == bool(choice.refuse):
            rule.fail("[[rows]] needs a column, one of is, not and unlike, and one of aside and refuse")
        yield choice


def _scale(scales: TomlTable, survey: str) -> str:
    try:
        return read_scale(scales.text(survey))
    except ValueError as error:
        scales.fail(f"[scale] {survey} {error.args[0]}", error.args[1])


def _unless(rule: TomlTable, policies: tuple[Policy, ...]) -> tuple[str, str]:
    """Return a policy of the table and its value. Raises E188."""
    known = [f"{policy.name}={value}" for policy in policies for value in policy.values]
    policy, _, value = rule.text("unless", "", ("", *known)).partition("=")
    return policy, value


def _lines(lines: TomlTable) -> Lines:
    return Lines(lines.table("aside").each(TomlTable.texts), lines.text("groups"))


def _check_columns(top: TomlTable, preset: Preset) -> None:
    """Check that all parts except [columns] name columns of the table. [columns] may also name segments."""
    known = TABLES[preset.table].by_name
    parts = (("words", preset.words), ("constants", preset.constants), ("instead", preset.instead), ("warns", preset.warns))
    for part, names in parts:
        for name in names:
            if name not in known:
                top.fail(f"[{part}] names '{name}', which is not a column of {preset.table}", near(name, known))
            if known[name].kind is ID and part in ("words", "constants"):
                top.fail(f"[{part}] names '{name}', but ids are never translated", "skip such rows with a [[rows]] rule")
