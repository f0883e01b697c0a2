"""One mechanism, two readers: a cell and a column read the same number from every text, or both refuse."""

from __future__ import annotations

import re
from fractions import Fraction
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmetrics_cli.columns import ColumnFormat, ColumnKind
from custmetrics_cli.columns.text import ID
from custmetrics_cli.tables import TABLES

OF_NUMBERS = list({c.kind.name: c.kind for t in TABLES.values() for c in t.columns if not c.kind.is_text and c.kind is not ID}.values())
KINDS = st.sampled_from(OF_NUMBERS)
READINGS = st.builds(
    ColumnFormat,
    order=st.sampled_from(["", "dmy", "mdy", "ymd"]),
    decimal=st.sampled_from(["", ".", ","]),
    tz=st.sampled_from([None, ZoneInfo("Europe/Berlin"), ZoneInfo("America/St_Johns")]),
    zone=st.sampled_from(["", "UTC", "GMT+5:30", "Asia/Tokyo"]),
    shifts=st.booleans(),
    end=st.booleans(),
    inclusive=st.booleans(),
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
    st.sampled_from(["", ")", "%", " €", "0", "00", ".50", ",5"]),
)
TEXTS = st.lists(PIECES, min_size=1, max_size=7).map("".join) | DATES | AMOUNTS | st.text(min_size=1, max_size=12)
STRIPPED = TEXTS.map(str.strip).filter(bool)


def one(kind: ColumnKind, text: str, format: ColumnFormat) -> int | None:
    try:
        return kind.read_cell(text, format)
    except ValueError:
        return None


@given(KINDS, STRIPPED, READINGS)
def test_a_refusal_quotes_the_text(kind, text, reading):
    if one(kind, text, reading) is None:
        with pytest.raises(ValueError, match=f"^{re.escape(repr(text))} "):
            kind.read_cell(text, reading)


@settings(max_examples=400)
@given(KINDS, st.lists(STRIPPED, max_size=25, unique=True), READINGS)
def test_a_cell_and_a_column_say_the_same(kind, texts, reading):
    values, ok = kind.read_column(pa.array(texts, pa.string()), reading)
    found = [int(value) if fine else None for value, fine in zip(values, ok, strict=True)]
    assert found == [one(kind, text, reading) for text in texts]
    assert not np.any(values[~ok])


@given(KINDS, st.lists(STRIPPED, min_size=4, max_size=12, unique=True), READINGS)
def test_a_slice_of_a_column_reads_as_the_column(kind, texts, reading):
    whole = pa.array(texts, pa.string())
    values, ok = kind.read_column(whole, reading)
    part = kind.read_column(whole.slice(2), reading)
    assert part.values.tolist() == values[2:].tolist()
    assert part.ok.tolist() == ok[2:].tolist()


@given(st.sampled_from([kind for kind in OF_NUMBERS if kind.gather]), st.lists(STRIPPED, max_size=12, unique=True), st.integers(0, 12))
def test_tallies_of_parts_add_up(kind, texts, cut):
    whole, (first, second) = (
        kind.gather(pa.array(texts, pa.string())),
        (kind.gather(pa.array(part, pa.string())) for part in (texts[:cut], texts[cut:])),
    )
    joined = first + second
    assert bool(joined.sample) == bool(whole.sample)
    assert joined.ambiguous == whole.ambiguous


@pytest.mark.parametrize("kind", OF_NUMBERS, ids=lambda kind: kind.name)
def test_the_example_of_a_kind_can_be_read(kind):
    assert one(kind, kind.example, ColumnFormat()) is not None


@given(st.lists(st.text(min_size=1), max_size=9))
def test_text_is_unchanged(texts):
    assert ID.read_column(pa.array(texts, pa.string()), ColumnFormat()).values.tolist() == texts
    assert [ID.read_cell(text, ColumnFormat()) for text in texts] == texts


@settings(max_examples=300)
@given(KINDS, STRIPPED)
def test_a_number_says_again_what_it_was_read_from(kind, text):
    """As text that is read again as the same number."""
    reading = ColumnFormat(order="dmy", decimal=".")
    number = one(kind, text, reading)
    if number is not None:
        back = kind.decode(number)
        assert kind.read_cell(f"{float(back)}" if isinstance(back, Fraction) else f"{back}", reading) == number
