"""The encoding of a text file is detected. A file that is not text is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.ingest.model import InputFile, TextFile
from custmetrics_cli.ingest.open import encoding
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import recode, unpack

RUSSIAN = "клиент;дата начала\nООО «Ромашка»;05.04.2022\nИП Ёлкин;06.04.2022\n"
CYRILLIC_WORDS = (
    "клиент дата начала окончания Иванов Ёлкин ООО Ромашка ИТОГО базовый тариф сумма руб апреля Щербаков Подписка месяц отключён "
    "клієнт початок Її ґрунт Київ"
)
CYRILLIC = st.sampled_from(CYRILLIC_WORDS.split())
WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789 .,;-_", max_size=30)
ACCENTED = st.sampled_from(
    ["dépensé", "Größe", "Müller", "café", "naïve", "Zürich", "señor", "Ångström", "façade", "Noël", "crème", "déçu"]
)


def read(path: Path, data: bytes, encoding: str = "") -> tuple[str, str]:
    path.write_bytes(data)
    with Scratch() as scratch:
        (found,) = unpack(InputFile(str(path)), scratch, encoding)
        return found.encoding, found.path.read_bytes().decode("utf-8-sig")


def refused(path: Path, data: bytes, encoding: str = "") -> tuple[str, int, str]:
    with pytest.raises(CustmetricsError) as caught:
        read(path, data, encoding)
    problem = caught.value.problems[0]
    return problem.code, problem.place.line, problem.message


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8 with BOM"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("utf-32", "utf-32"),
        ("utf-32-le", "utf-32"),
        ("utf-32-be", "utf-32"),
        ("cp1251", "cp1251"),
    ],
)
def test_every_encoding_is_detected_and_gives_the_same_text(tmp_path: Path, codec: str, name: str) -> None:
    assert read(tmp_path / "x.csv", RUSSIAN.encode(codec)) == (name, RUSSIAN)


def test_utf16_big_endian_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert read(tmp_path / "x.csv", b"\xfe\xff" + RUSSIAN.encode("utf-16-be")) == ("utf-16", RUSSIAN)


def test_a_utf8_file_is_used_in_place_and_others_are_copied_privately(tmp_path: Path) -> None:
    for codec, copied in (("utf-8", False), ("utf-8-sig", False), ("cp1251", True)):
        path = tmp_path / "x.csv"
        path.write_bytes(RUSSIAN.encode(codec))
        with Scratch() as scratch:
            (found,) = unpack(InputFile(str(path)), scratch)
            assert (found.path != path) == copied
            assert found.original == path
            assert not copied or (found.path.parent.stat().st_mode & 0o777) == 0o700
        assert not copied or not found.path.exists()


@given(st.lists(st.tuples(WORDS, CYRILLIC), min_size=1), st.sampled_from([";", ",", "\t"]))
def test_cyrillic_words_among_ascii_are_cp1251(rows: list[tuple[str, str]], delimiter: str) -> None:
    text = "\n".join(delimiter.join((*words, "1 234,50")) for words in rows)
    assert encoding.guess(text.encode("cp1251")) == "cp1251"


@given(st.lists(st.tuples(WORDS, ACCENTED), min_size=1))
def test_accents_inside_ascii_words_are_cp1252(rows: list[tuple[str, str]]) -> None:
    assert encoding.guess("\n".join(map(";".join, rows)).encode("cp1252")) == "cp1252"


def test_french_with_one_letter_words_and_signs_is_cp1252() -> None:
    assert encoding.guess("à Paris;12 €;n° 5;É;100\xa0000".encode("cp1252")) == "cp1252"


def test_a_given_encoding_is_used(tmp_path: Path) -> None:
    assert read(tmp_path / "x.csv", RUSSIAN.replace("«", "").replace("»", "").encode("cp866"), "cp866")[1].startswith("клиент;дата")


def test_a_byte_order_mark_overrides_a_given_encoding(tmp_path: Path) -> None:
    assert read(tmp_path / "x.csv", RUSSIAN.encode("utf-8-sig"), "cp1251") == ("utf-8 with BOM", RUSSIAN)


@pytest.mark.parametrize("codec", ["koi8-r", "cp866", "iso8859-5"])
@pytest.mark.parametrize("text", [RUSSIAN, "Клиент;Дата начала\n001;05.04.2022\n", "СУММА;ДАТА;КЛИЕНТ;КАНАЛ\n"])
def test_other_encodings_of_russian_are_detected_by_the_frequency_of_letters(tmp_path: Path, codec: str, text: str) -> None:
    text = text.replace("«", '"').replace("»", '"')
    assert read(tmp_path / "x.csv", text.encode(codec)) == (codec, text)


def test_a_few_nul_bytes_inside_text_are_left_out_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"customer_id,started_at\nC\x001,2022-01-05\nC2,2022-01-06\x00\n")
    with Scratch() as scratch:
        (found,) = unpack(InputFile(str(path)), scratch)
        assert (found.nuls, found.path.read_bytes()) == (2, b"customer_id,started_at\nC1,2022-01-05\nC2,2022-01-06\n")


def test_a_wrong_encoding_is_refused_with_the_place_of_the_first_invalid_byte(tmp_path: Path) -> None:
    code, line, message = refused(tmp_path / "x.csv", b"a,b\n1,2\n" + "я".encode("cp1251"), "utf-8")
    assert (code, line) == ("E208", 3)
    assert "byte 0xFF at offset 8" in message


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "x.csv", b"a,b\n", "cp1521")[0] == "E185"


@pytest.mark.parametrize("name", ["base64", "rot13", "hex", "\0"])
def test_codecs_that_are_not_text_encodings_are_refused(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path / "x.csv", b"a,b\n", name)[0] == "E185"


def test_utf8_with_a_damaged_line_is_refused(tmp_path: Path) -> None:
    data = "имя;дата\nАня;2022\n".encode() * 20 + "Müller;2022\n".encode("cp1252")
    code, line, _ = refused(tmp_path / "x.csv", data)
    assert (code, line) == ("E209", 41)


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    for data in (b"a,b\n1,2\x00\x003\n", b"a,b,c\n1,2\x00\x01,3,some more text\n", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"):
        assert refused(tmp_path / "x.csv", data)[0] == "E207"


def test_utf16_that_ends_inside_a_character_is_refused(tmp_path: Path) -> None:
    for codec in ("utf-16", "utf-16-be"):
        assert refused(tmp_path / "x.csv", RUSSIAN.encode(codec)[:-1])[:2] == ("E208", 3)


def test_a_large_file_is_checked_at_its_ends_first_and_completely_on_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "CHUNK", 1000)
    monkeypatch.setattr(encoding, "SMALL", 4000)
    path = tmp_path / "x.csv"
    ascii_half = b"a,b,2022\n" * 500
    path.write_bytes(ascii_half + "Анна,б,2022\n".encode("cp1251") + ascii_half)
    with Scratch() as scratch:
        found = TextFile(InputFile(str(path)), path, "utf-8", path.stat().st_size, path, checked=False)
        assert unpack(InputFile(str(path)), scratch) == [found]
        again = recode(found, scratch)
        assert (again.encoding, again.checked, again.original) == ("cp1251", True, path)
        assert "Анна,б" in again.path.read_text("utf-8")


def test_a_large_file_whose_tail_is_not_utf8_is_detected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "CHUNK", 1000)
    monkeypatch.setattr(encoding, "SMALL", 4000)
    assert read(tmp_path / "x.csv", b"a,b,2022\n" * 1000 + "Итого;Анна".encode("cp1251"))[0] == "cp1251"


@given(cut=st.integers(0, 12))
def test_a_character_across_two_chunks_is_valid(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    path = tmp_path_factory.mktemp("cut") / "x.csv"
    path.write_bytes(b"a" * (encoding.CHUNK - cut) + "ялЯ😀".encode() * 3)
    assert encoding.broken_at(path, "utf-8") is None
    path.write_bytes(path.read_bytes() + b"\xff")
    error = encoding.broken_at(path, "utf-8")
    assert error is not None
    assert error.start == path.stat().st_size - 1


@pytest.mark.parametrize("asked", ["utf-16", "utf-32"])
@pytest.mark.parametrize("order", ["le", "be"])
def test_a_wide_encoding_without_a_mark_is_read_if_it_is_asked_for(tmp_path: Path, asked: str, order: str) -> None:
    text = "customer_id,started_at\n" * 9
    assert read(tmp_path / "wide.csv", text.encode(f"{asked}-{order}"), asked) == (asked, text)


@pytest.mark.parametrize("asked", ["utf-16", "utf-32"])
def test_a_text_that_is_not_wide_is_refused_as_such(tmp_path: Path, asked: str) -> None:
    code, line, message = refused(tmp_path / "plain.csv", b"customer_id,started_at\n", asked)
    assert (code, line, message) == ("E208", 0, f"is not {asked}: its bytes do not come in such groups")
