"""Every kind of packing gives the same text. A file of another type is refused with the name of its type."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import sys
import threading
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import unpack, unpack_all

TEXT = b"customer_id,started_at\n1,2022-01-01\n"


def zipped(members: dict[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return sink.getvalue()


PACK = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": lambda data: pa.compress(data, "zstd", asbytes=True)}
PACK["zip"] = lambda data: zipped({"a.csv": data})


def opened(path: Path, data: bytes, table: str = "") -> list[tuple[str, bytes]]:
    path.write_bytes(data)
    with Scratch() as scratch:
        return [
            (file.source.path.removeprefix(f"{path}/"), file.path.read_bytes()) for file in unpack(InputFile(str(path), table), scratch)
        ]


def refused(path: Path, data: bytes) -> tuple[str, str]:
    with pytest.raises(CustmetricsError) as caught:
        opened(path, data)
    return caught.value.problems[0].code, caught.value.problems[0].message


@pytest.mark.parametrize("kind", PACK)
def test_a_packed_file_is_read_under_any_name(tmp_path: Path, kind: str) -> None:
    for name in (f"a.csv.{kind}", "a.csv"):
        path = tmp_path / name
        assert opened(path, PACK[kind](TEXT)) == [(str(path), TEXT)]


@pytest.mark.parametrize("kind", PACK)
def test_a_truncated_archive_is_refused(tmp_path: Path, kind: str) -> None:
    packed = PACK[kind](os.urandom(200_000))
    for length in (len(packed) // 2, len(packed) - 2):
        assert refused(tmp_path / "a.csv", packed[:length])[0] == "E205"


@pytest.mark.parametrize("kind", ["gz", "bz2", "xz", "zip"])
def test_an_archive_with_a_flipped_byte_is_refused(tmp_path: Path, kind: str) -> None:
    packed = bytearray(PACK[kind](os.urandom(50_000)))
    packed[25_000] ^= 0x55
    assert refused(tmp_path / "a.csv", bytes(packed))[0] == "E205"


def test_a_plain_file_named_gz_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    assert opened(path, TEXT) == [(str(path), TEXT)]


def test_two_joined_gzip_files_are_both_read(tmp_path: Path) -> None:
    assert opened(tmp_path / "a.gz", gzip.compress(TEXT) + gzip.compress(b"2,2022-01-02\n"))[0][1] == TEXT + b"2,2022-01-02\n"


def test_several_files_in_a_zip_are_several_inputs(tmp_path: Path) -> None:
    members = {"a.csv": TEXT, "in/b.csv": TEXT, "__MACOSX/._a.csv": b"\0", "in/.c.csv": b"", "readme.md": b"hi"}
    assert opened(tmp_path / "x.zip", zipped(members)) == [("a.csv", TEXT), ("in/b.csv", TEXT)]


def test_unknown_files_in_a_zip_may_be_skipped_unless_their_table_is_given(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"a.csv": TEXT, "b.csv": TEXT}))
    with Scratch() as scratch:
        assert {plain.source.is_named for plain in unpack(InputFile(str(path)), scratch)} == {False}
        assert {(plain.source.is_named, plain.source.table) for plain in unpack(InputFile(str(path), "costs"), scratch)} == {
            (True, "costs")
        }


def test_nested_archives_are_unpacked_up_to_a_limit(tmp_path: Path) -> None:
    assert opened(tmp_path / "x.zip", zipped({"a.csv.gz": gzip.compress(TEXT)}))[0][1] == TEXT
    nested = TEXT
    for _ in range(5):
        nested = gzip.compress(nested)
    assert refused(tmp_path / "x.zip", nested)[0] == "E212"


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    packed = bytearray(zipped({"a.csv": TEXT}))
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    code, message = refused(tmp_path / "x.zip", bytes(packed))
    assert code == "E205"
    assert "it has a password" in message


@pytest.mark.parametrize(
    ("data", "code", "file_type"),
    [
        (zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), "E217", "workbook"),
        (zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "E206", "a document"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "E206", "a document"),
        (zipped({"Index/Document.iwa": b"x", "Data/a.jpg": b"x"}), "E206", "Apple Numbers"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "E217", "Excel"),
        (b"%PDF-1.7\n%\xe2\xe3", "E206", "PDF"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><html>", "E206", "web page"),
        (b"<table><tr><td>customer_id</td></tr></table>", "E206", "web page"),
        (b'[\n  {"customer_id": 1]', "E217", "JSON"),
        (b'{"customers": []}', "E227", "JSON"),
        (b"PAR1\x15\x04", "E217", "Parquet"),
        (b"SQLite format 3\0" + b"x" * 600, "E217", "SQLite"),
        (b"a" * 257 + b"ustar\0", "E206", "tar"),
        (zipped({"readme.md": b"hi", "b.md": b"ho"}), "E211", "no data files"),
        (b"", "E204", "empty"),
        (b"\xef\xbb\xbf \r\n\t\n", "E204", "empty"),
    ],
)
def test_a_file_of_another_type_is_refused_with_its_type(tmp_path: Path, data: bytes, code: str, file_type: str) -> None:
    found, message = refused(tmp_path / "a.csv", data)
    assert found == code
    assert file_type in message


def test_standard_input_is_copied_and_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (TEXT, gzip.compress(TEXT)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        with Scratch() as scratch:
            (plain,) = unpack(InputFile("-"), scratch)
            assert plain.path.read_bytes() == TEXT
            assert plain.original.read_bytes() == data


def test_closed_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(CustmetricsError, match="E213"), Scratch() as scratch:
        unpack(InputFile("-"), scratch)


def test_a_named_pipe_is_read_like_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(TEXT,))
    writer.start()
    with Scratch() as scratch:
        (plain,) = unpack(InputFile(str(pipe)), scratch)
        assert plain.path.read_bytes() == TEXT
    writer.join()


def test_the_original_has_the_bytes_of_the_input_path(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"a.csv": TEXT, "b.csv": "я".encode("cp1251") * 9}))
    with Scratch() as scratch:
        assert [plain.original.read_bytes() for plain in unpack(InputFile(str(path)), scratch)] == [TEXT, b"\xff" * 9]
    path.write_bytes(gzip.compress(TEXT))
    with Scratch() as scratch:
        assert [plain.original for plain in unpack(InputFile(str(path)), scratch)] == [path]


def test_an_empty_file_in_a_folder_is_skipped_but_a_named_one_is_refused(tmp_path: Path) -> None:
    blank, good = tmp_path / "blank.csv", tmp_path / "good.csv"
    blank.write_bytes(b"\n")
    good.write_bytes(TEXT)
    with Scratch() as scratch:
        files, skipped = unpack_all([InputFile(str(blank), is_named=False), InputFile(str(good))], scratch)
        assert [file.path for file in files] == [good]
        assert [(problem.code, problem.place.path) for problem in skipped] == [("E204", str(blank))]
        with pytest.raises(CustmetricsError, match="E204"):
            unpack_all([InputFile(str(blank)), InputFile(str(good))], scratch)


def test_a_full_disk_is_reported_with_the_text_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("custmetrics_cli.ingest.open.temp_files.Scratch.unpack", full)
    assert refused(tmp_path / "a.gz", gzip.compress(TEXT)) == ("E203", "cannot be read: No space left on device")


def test_copies_are_removed_even_if_the_run_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "a.gz").write_bytes(gzip.compress(TEXT)[:-4])
    with pytest.raises(CustmetricsError), Scratch() as scratch:
        unpack(InputFile(str(tmp_path / "a.gz")), scratch)
    assert [path.name for path in tmp_path.iterdir()] == ["a.gz"]
