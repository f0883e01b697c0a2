"""The text of a number gives the number again, under one decimal mark only."""

from __future__ import annotations

import csv
import math
import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.typed.exact_text import exact
from custmetrics_cli.ingest.open.unpack import unpack
from tests.support.workbooks import TYPED, write_xlsx

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\x85"), min_size=1, max_size=9
)


@given(st.floats(-1e15, 1e15, exclude_min=True, exclude_max=True))
def test_a_number_is_read_again(value: float) -> None:
    text = exact(value)
    assert math.isclose(float(text), value, rel_tol=1e-14, abs_tol=5e-324)
    assert re.fullmatch(r"-?\d+(\.\d+)?", text)
    assert not re.fullmatch(r"-?\d+\.\d{3}", text)


@given(st.integers(-(10**7), 10**7))
def test_money_has_its_own_digits(hundredths: int) -> None:
    assert round(float(exact(hundredths / 100)) * 100) == hundredths
    assert len(exact(hundredths / 100).partition(".")[2]) <= 2


@settings(max_examples=20)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_texts_are_the_same_in_every_format(tmp_path_factory, rows: list[tuple[str, str]]) -> None:
    folder: Path = tmp_path_factory.mktemp("texts")
    table = [["first", "second"], *([f"x{first}", f"x{second}"] for first, second in rows)]
    for kind, write in {"xlsx": write_xlsx, **TYPED}.items():
        with Scratch() as scratch:
            (file,) = unpack(InputFile(str(write(folder / f"a.{kind}", {"S": table}))), scratch)
            assert [*csv.reader(file.path.open(encoding="utf-8", newline=""))] == table
