"""The presets that come with the program: each says what holds together, and is found by the headings of its export and by no other's."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from custmetrics_cli.columns import ColumnFormat
from custmetrics_cli.columns.status import STATUSES, UNKNOWN
from custmetrics_cli.ingest.recognise import match_preset, match_table
from custmetrics_cli.ingest.recognise.headers import Header, normalise
from custmetrics_cli.ingest.recognise.match_preset import AvailablePresets
from custmetrics_cli.ingest.recognise.match_table import MatchOptions, TableMatch
from custmetrics_cli.presets import Preset, shipped
from custmetrics_cli.tables import TABLES

PRESETS = shipped()
HEADERS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("headers.toml").read_text("utf-8"))
KNOWN = [(name, text) for name, texts in HEADERS.items() for text in texts]

each = pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)


def header(names: Iterable[str]) -> Header:
    """With names made unique, as a file's are."""
    seen: Counter[str] = Counter()
    cells = []
    for name in names:
        seen[name] += 1
        cells.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return Header(tuple(cells))


def found(of: Header) -> tuple[TableMatch, list[Preset]]:
    tables = list(TABLES.values())
    plain = match_table.best_match(of, tables, MatchOptions(), "export.csv")
    return match_preset.best_preset(lambda lines: of, plain, tables, MatchOptions(), AvailablePresets(PRESETS))


def headings(preset: Preset) -> Iterator[str]:
    yield from (heading for group in (*preset.all, preset.any, *preset.columns.values(), *preset.instead.values()) for heading in group)
    yield from (heading for choice in preset.choices for heading in choice.columns)


def test_the_headers_are_those_of_the_presets() -> None:
    assert set(HEADERS) == set(PRESETS)


@pytest.mark.parametrize(("name", "text"), KNOWN)
def test_an_export_is_found_by_its_headings_and_by_no_other_preset(name: str, text: str) -> None:
    match, rivals = found(header(text.split("; ")))
    assert match.preset is not None
    assert (match.preset.name, [rival.name for rival in rivals]) == (name, [])


@pytest.mark.parametrize(("name", "text"), KNOWN)
def test_what_an_export_lacks_is_told(name: str, text: str) -> None:
    """A survey asks its questions in its own words, on lines below the first, perhaps: which is the score, the user can say."""
    match, _ = found(header(text.split("; ")))
    preset = PRESETS[name]
    untold = set(match.missing) - set(preset.lacks) - {"score"}
    assert preset.refuses or not untold


@pytest.mark.parametrize(("name", "text"), KNOWN)
def test_what_a_column_is_the_preset_says(name: str, text: str) -> None:
    """Nothing of an export that is known is taken for a column by our own names alone: State may be that of an address."""
    match, _ = found(header(text.split("; ")))
    assert set(match.columns) - set(PRESETS[name].columns) <= {"score"}


@pytest.mark.parametrize("table", TABLES)
def test_no_preset_takes_a_table_in_our_own_words(table: str) -> None:
    match, _ = found(header([column.name for column in TABLES[table].columns]))
    assert match.preset is None


@each
def test_headings_are_names(preset: Preset) -> None:
    assert [heading for heading in headings(preset) if not normalise(heading.replace("*", ""))] == []


@each
def test_no_heading_is_two_columns(preset: Preset) -> None:
    claimed = Counter(normalise(heading) for group in preset.columns.values() for heading in dict.fromkeys(group))
    assert [heading for heading, times in claimed.items() if times > 1] == []


@each
def test_what_stands_in_for_a_column_of_the_table_stands_in_for_one_that_the_preset_names(preset: Preset) -> None:
    assert set(preset.instead) <= {name for name, group in preset.columns.items() if group} & set(TABLES[preset.table].by_name)


@each
def test_words_and_constants_are_read(preset: Preset) -> None:
    columns = TABLES[preset.table].by_name
    said = [(name, word) for name, words in preset.words.items() for word in words.values()] + list(preset.constants.items())
    for name, word in said:
        assert not word or columns[name].kind.read_cell(word, ColumnFormat(decimal=".")) is not None
        assert name != "status" or STATUSES[columns[name].kind.read_cell(word, ColumnFormat())] not in ("", STATUSES[UNKNOWN])


@each
def test_reasons_are_short_and_the_rest_is_said(preset: Preset) -> None:
    reasons = [choice.aside for choice in preset.choices if choice.aside] + list(preset.lines.aside)
    assert [reason for reason in reasons if reason.lower() != reason or len(reason) > 30] == []
    assert set(preset.lacks) <= set(TABLES[preset.table].by_name)
    assert not preset.experimental or preset.notes[0].startswith("Not confirmed")
