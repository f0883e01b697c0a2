"""Unpack, spool or re-encode input files into plain UTF-8 files.

A local UTF-8 file is used in place. The packing is detected from the bytes, not from the name. `TextFile.original` is the file with
the input's own bytes, so that its checksum agrees with `sha256sum`. It is the archive, one file of a zip with several, or the spooled
standard input.
"""

from __future__ import annotations

import codecs
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.safety.pipes import copy_pipe
from custmetrics_cli.core.safety.reading import Watched, unchanged
from custmetrics_cli.ingest.model import InputFile, TextFile
from custmetrics_cli.ingest.open.archive import not_data_error, unpack_single, unpack_zip
from custmetrics_cli.ingest.open.encoding import Encoding, broken_at, chunks, detect, undecodable_error
from custmetrics_cli.ingest.open.file_type import foreign_type, packing_of
from custmetrics_cli.ingest.open.find import unreadable_problem
from custmetrics_cli.ingest.open.sheet_files import format_of, no_sheet_problem, open_sheets
from custmetrics_cli.ingest.open.stores.address import scheme_of
from custmetrics_cli.ingest.open.stores.store import copy_of
from custmetrics_cli.ingest.open.temp_files import CHUNK, Scratch

BLANK = re.compile(rb"(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*")
MOST_NESTED = 3  # archives within archives


def unpack_all(files: Iterable[InputFile], scratch: Scratch, encoding: str = "") -> tuple[list[TextFile], list[Problem]]:
    """Return the plain files, and the reason for each file that is skipped: files in a folder without a table. Others are raised."""
    text_files: list[TextFile] = []
    skipped: list[Problem] = []
    problems: list[Problem] = []
    for file in files:
        try:
            text_files += unpack(file, scratch, encoding)
        except CustmetricsError as error:
            is_empty = not file.is_named and error.problems[0].code in ("E204", "E215", "E227", "E235")
            (skipped if is_empty else problems).extend(error.problems)
    if problems or not text_files:
        raise CustmetricsError(*(problems or skipped))
    return text_files, skipped


def watch(files: Iterable[InputFile]) -> AbstractContextManager[list[Watched]]:
    """Watch the input files while they are read. Raises E230 for files that changed."""
    paths = dict.fromkeys(file.path for file in files if not scheme_of(file.path))
    return unchanged((path, "/dev/stdin" if path == "-" else path) for path in paths)


def unpack(file: InputFile, scratch: Scratch, encoding: str = "") -> list[TextFile]:
    """Return the plain file, or the plain files of an archive. encoding: the user's choice. Raises E203 to E213."""
    if file.is_converted and Path(file.path).is_dir():
        hint = "pass the source files; churn, report and other questions read the converted folder"
        raise CustmetricsError(Problem("E250", "is a converted folder, and this command reads source files", Place(file.path), hint))
    with _report_unreadable(file.path):
        path = _local(file, scratch)
        return list(_text_files(file, path, path, scratch, encoding, MOST_NESTED))


def recode(text_file: TextFile, scratch: Scratch, encoding: str = "") -> TextFile:
    """Return the file as UTF-8 after the reader met an invalid byte. All of it is checked. Raises E208, E209."""
    with _report_unreadable(text_file.source.path):
        found = detect(text_file.path, text_file.source.path, encoding, full=True)
        return _as_utf8(text_file.source, text_file.path, text_file.original, found, scratch)


@contextmanager
def _report_unreadable(shown: str) -> Iterator[None]:
    """Turn errors of the operating system into E203."""
    try:
        yield
    except OSError as error:
        raise CustmetricsError(unreadable_problem(shown, error)) from None


def _local(file: InputFile, scratch: Scratch) -> Path:
    """Return the path of a file. Standard input and pipes can be read only once and are copied."""
    if scheme_of(file.path):
        return copy_of(file.path, scratch)
    if file.path != "-":
        path = Path(file.path)
        if stat.S_ISREG(path.stat().st_mode):
            return path
        copied = scratch.file()
        with copied.open("wb") as copy:
            copy_pipe(path, file.path, file.is_named, copy)
        return copied
    if sys.stdin is None:
        raise CustmetricsError(Problem("E213", "standard input is closed", Place("-"), "pipe a file into it, or pass a file"))
    return scratch.copy(sys.stdin.buffer)


def _text_files(file: InputFile, path: Path, original: Path, scratch: Scratch, encoding: str, levels: int) -> Iterator[TextFile]:
    """Yield the plain files in a file. levels: the archives that may still be nested in it."""
    head = _head(path)
    packing = packing_of(head)
    if known := format_of(head, path):
        yield from open_sheets(file, path, original, known, scratch)
    elif not packing:
        yield _text_file(file, path, original, head, scratch, encoding)
    elif not levels:
        message = f"contains more than {MOST_NESTED} archives inside each other"
        raise CustmetricsError(Problem("E212", message, Place(file.path), "unpack it first"))
    elif packing == "zip":
        for member, inner in unpack_zip(file, path, scratch):
            yield from _text_files(member, inner, original if member == file else inner, scratch, encoding, levels - 1)
    else:
        yield from _text_files(file, unpack_single(file, path, packing, scratch), original, scratch, encoding, levels - 1)


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(CHUNK)


def _text_file(file: InputFile, path: Path, original: Path, head: bytes, scratch: Scratch, encoding: str) -> TextFile:
    if BLANK.fullmatch(head):
        raise CustmetricsError(Problem("E204", "is empty", Place(file.path), "start the file with a line of column names"))
    if file.sheet and file.is_named:
        raise CustmetricsError(no_sheet_problem(file, "a text file", ()))
    file_type, advice = foreign_type(head)
    if file_type:
        raise not_data_error(file, file_type, advice)
    return _as_utf8(file, path, original, detect(path, file.path, encoding), scratch)


def _as_utf8(file: InputFile, path: Path, original: Path, found: Encoding, scratch: Scratch) -> TextFile:
    nuls = 0
    if found.codec != "utf-8" or found.has_nuls:
        path, nuls = _reencode(file, path, found, scratch)
    return TextFile(file, path, found.name, path.stat().st_size, original, found.checked, nuls=nuls)


def _reencode(file: InputFile, path: Path, found: Encoding, scratch: Scratch) -> tuple[Path, int]:
    """Write a copy in UTF-8 without NUL bytes. Also return how many were left out."""
    target, nuls = scratch.file(), 0
    decoder = codecs.getincrementaldecoder(found.codec)()
    with target.open("w", encoding="utf-8", newline="") as copy:
        for chunk in chunks(path):
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                raise undecodable_error(broken_at(path, found.codec) or error, path, file.path) from None
            nuls += text.count("\0")
            copy.write(text.replace("\0", ""))
    return target, nuls
