"""The cell reader and the column reader of every kind give the same result for every text."""

from __future__ import annotations

import re
from fractions import Fraction
from importlib import import_module
from pkgutil import walk_packages
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmetrics_cli import columns
from custmetrics_cli.columns import ColumnFormat, ColumnKind, UnreadableCell
from custmetrics_cli.columns.text import ID, TextReader
from custmetrics_cli.tables import TABLES

MODULES = [import_module(info.name) for info in walk_packages(columns.__path__, f"{columns.__name__}.") if not info.ispkg]
KINDS = [kind for module in MODULES for kind in vars(module).values() if isinstance(kind, ColumnKind)]
NUMBERS = [kind for kind in KINDS if not isinstance(kind.reader, TextReader)]
NUMBER_KINDS = st.sampled_from(NUMBERS)
FORMATS = st.builds(
    ColumnFormat,
    order=st.sampled_from(["", "dmy", "mdy", "ymd"]),
    decimal=st.sampled_from(["", ".", ","]),
    tz=st.sampled_from([None, ZoneInfo("Europe/Berlin"), ZoneInfo("America/St_Johns")]),
    zone=st.sampled_from(["", "UTC", "GMT+5:30", "Asia/Tokyo"]),
    shifts=st.booleans(),
    end=st.booleans(),
    inclusive=st.booleans(),
    cents=st.booleans(),
    epoch=st.booleans(),
)
PIECES = st.sampled_from(
    [
        "2022",
        "22",
        "04",
        "4",
        "13",
        "31",
        "0",
        "1",
        "12",
        "234",
        "005",
        "1899",
        "-",
        "/",
        ".",
        ",",
        ":",
        " ",
        "\u00a0",
        "\u202f",
        "'",
        "T",
        "Z",
        "10:00",
        "23:59:59",
        " PM",
        "AM",
        "GMT+3",
        " PDT",
        "+03:00",
        "(",
        ")",
        "%",
        "$",
        "€",
        "eur",
        " руб.",
        "USD",
        "e",
        "k",
        "Apr",
        "апреля",
        " г.",
        "year",
        "мес",
        "ё",
        "٣",
        "99999999999999999999",
        "½",
        "\u2212",
        "3 months",
        "nps",
        "1649116800",
        "0:01:30",
        "1.5e3",
        "E-7",
        "US$",
        "zł",
    ]
)
DATES = st.builds(
    "{}{}{}{}{}{}{}".format,
    st.integers(0, 2300),
    st.sampled_from("-/."),
    st.integers(0, 14),
    st.sampled_from("-/."),
    st.integers(0, 2300),
    st.sampled_from(["", " ", "T"]),
    st.sampled_from(["", "10:00", "3:15 pm", "23:59:59Z", "00:30 +0200", "25:00", "11:11 EST", "0:00 GMT-15"]),
)
AMOUNTS = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["", "-", "$", "(", "+ "]),
    st.integers(0, 10**16),
    st.sampled_from(["", ".", ",", " ", "'"]),
    st.integers(0, 10**6),
    st.sampled_from(["", ")", "%", " €", "0", "00", ".50", ",5", "-", "e1", "E-3", "5000000000000000000001"]),
)
TEXTS = st.lists(PIECES, min_size=1, max_size=7).map("".join) | DATES | AMOUNTS | st.text(min_size=1, max_size=12)
STRIPPED = TEXTS.map(str.strip).filter(bool)


def read(kind: ColumnKind, text: str, format: ColumnFormat) -> int | None:
    try:
        return kind.read_cell(text, format)
    except UnreadableCell:
        return None


def test_every_kind_that_a_table_uses_is_tested() -> None:
    assert {column.kind for table in TABLES.values() for column in table.columns} <= set(KINDS)


@given(NUMBER_KINDS, STRIPPED, FORMATS)
def test_a_failure_quotes_the_text_and_has_a_code_and_a_hint(kind, text, format):
    if read(kind, text, format) is None:
        with pytest.raises(UnreadableCell, match=f"^{re.escape(repr(text))} ") as failure:
            kind.read_cell(text, format)
        assert re.fullmatch(r"E\d{3}", failure.value.code)
        assert failure.value.hint


@settings(max_examples=400)
@given(NUMBER_KINDS, st.lists(STRIPPED, max_size=25, unique=True), FORMATS)
def test_the_cell_reader_and_the_column_reader_agree(kind, texts, format):
    values, ok, _ = kind.read_column(pa.array(texts, pa.string()), format)
    found = [int(value) if fine else None for value, fine in zip(values, ok, strict=True)]
    assert found == [read(kind, text, format) for text in texts]
    assert not np.any(values[~ok])


@given(NUMBER_KINDS, st.lists(STRIPPED, min_size=4, max_size=12, unique=True), FORMATS)
def test_a_slice_of_a_column_is_read_as_the_column_is(kind, texts, format):
    column = pa.array(texts, pa.string())
    values, ok, _ = kind.read_column(column, format)
    part = kind.read_column(column.slice(2), format)
    assert part.values.tolist() == values[2:].tolist()
    assert part.ok.tolist() == ok[2:].tolist()


@given(st.sampled_from([kind for kind in NUMBERS if kind.gather]), st.lists(STRIPPED, max_size=12, unique=True), st.integers(0, 12))
def test_the_evidence_of_parts_of_a_column_adds_up(kind, texts, cut):
    evidence, first, second = (kind.gather(pa.array(part, pa.string())) for part in (texts, texts[:cut], texts[cut:]))
    assert bool((first + second).sample) == bool(evidence.sample)
    assert (first + second).ambiguous == evidence.ambiguous


@pytest.mark.parametrize("kind", NUMBERS, ids=lambda kind: kind.name)
def test_the_example_of_a_kind_can_be_read(kind):
    assert read(kind, kind.example, ColumnFormat()) is not None


@given(st.lists(st.text(min_size=1), max_size=9))
def test_text_is_unchanged(texts):
    assert ID.read_column(pa.array(texts, pa.string()), ColumnFormat()).values.tolist() == texts
    assert [ID.read_cell(text, ColumnFormat()) for text in texts] == texts


@settings(max_examples=300)
@given(NUMBER_KINDS, STRIPPED)
def test_a_decoded_number_is_read_as_the_same_number(kind, text):
    format = ColumnFormat(order="dmy", decimal=".")
    number = read(kind, text, format)
    if number is not None:
        meaning = kind.decode(number)
        assert kind.read_cell(f"{float(meaning)}" if isinstance(meaning, Fraction) else f"{meaning}", format) == number
