"""From a file as given to plain UTF-8 files: unpacked, spooled or re-encoded into private temporary copies where needed.

A local UTF-8 file is used in place. What is packed or how is read off the bytes, not the name. `Plain.original` holds the bytes that
the given path names (the archive itself; a member of an archive of several; the spooled input), so that `sha256sum` agrees.
"""

from __future__ import annotations

import re
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.ingest.model import InputFile, TextFile
from custmetrics_cli.ingest.open import encoding, file_type
from custmetrics_cli.ingest.open.archive import not_csv_error, unpack_single, unpack_zip
from custmetrics_cli.ingest.open.find import unreadable_problem
from custmetrics_cli.ingest.open.temp_files import CHUNK, Scratch

BLANK = re.compile(rb"(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*")
DEEP = 3  # archives within archives


def unpack_all(found: Iterable[InputFile], scratch: Scratch, asked: str = "") -> tuple[list[TextFile], list[Problem]]:
    """The plain files in all that was given, and why others were set aside: files without a word in a folder. Raises all else at once."""
    plains: list[TextFile] = []
    aside: list[Problem] = []
    problems: list[Problem] = []
    for given in found:
        try:
            plains += unpack(given, scratch, asked)
        except CustmetricsError as error:
            blank = not given.is_named and error.problems[0].code == "E204"
            (aside if blank else problems).extend(error.problems)
    if problems or not plains:
        raise CustmetricsError(*(problems or aside))
    return plains, aside


def unpack(file: InputFile, scratch: Scratch, asked: str = "") -> list[TextFile]:
    """The plain files in what was given: one, or several from an archive. asked: the encoding, when it was said. Raises E203-E213."""
    with _told(file.path):
        path = _local(file, scratch)
        return list(_plain(file, path, path, scratch, asked, DEEP))


def recode(text_file: TextFile, scratch: Scratch, asked: str = "") -> TextFile:
    """The same file as UTF-8, when the reader met a byte that is not: only then is all of a large file looked at. Raises E208, E209."""
    with _told(text_file.source.path):
        found = encoding.detect(text_file.path, text_file.source.path, asked, whole=True)
        return _utf8(text_file.source, text_file.path, text_file.original, found, scratch)


@contextmanager
def _told(shown: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CustmetricsError(unreadable_problem(shown, error)) from None


def _local(file: InputFile, scratch: Scratch) -> Path:
    """The file itself; standard input and pipes can be read only once and are kept in a copy."""
    if file.path != "-":
        path = Path(file.path)
        if stat.S_ISREG(path.stat().st_mode):
            return path
        with path.open("rb") as stream:
            return scratch.copy(stream)
    if sys.stdin is None:
        raise CustmetricsError(Problem("E213", "there is nothing on standard input: it is closed", Place("-"), "pipe a file into it"))
    return scratch.copy(sys.stdin.buffer)


def _plain(file: InputFile, path: Path, original: Path, scratch: Scratch, asked: str, deep: int) -> Iterator[TextFile]:
    head = _head(path)
    packing = file_type.packing_of(head)
    if not packing:
        yield _text(file, path, original, head, scratch, asked)
    elif not deep:
        raise CustmetricsError(Problem("E212", "is an archive in an archive in an archive", Place(file.path), "unpack it first"))
    elif packing == "zip":
        for member, inner in unpack_zip(file, path, scratch):
            yield from _plain(member, inner, original if member == file else inner, scratch, asked, deep - 1)
    else:
        yield from _plain(file, unpack_single(file, path, packing, scratch), original, scratch, asked, deep - 1)


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(CHUNK)


def _text(file: InputFile, path: Path, original: Path, head: bytes, scratch: Scratch, asked: str) -> TextFile:
    if BLANK.fullmatch(head):
        raise CustmetricsError(Problem("E204", "is empty", Place(file.path), "a table begins with a line of column names"))
    what, advice = file_type.foreign_type(head)
    if what:
        raise not_csv_error(file, what, advice)
    return _utf8(file, path, original, encoding.detect(path, file.path, asked), scratch)


def _utf8(file: InputFile, path: Path, original: Path, found: encoding.Encoding, scratch: Scratch) -> TextFile:
    if found.codec != "utf-8":
        path = _rewritten(file, path, found, scratch)
    return TextFile(file, path, found.name, path.stat().st_size, original, found.checked)


def _rewritten(file: InputFile, path: Path, found: encoding.Encoding, scratch: Scratch) -> Path:
    import codecs

    target = scratch.file()
    decoder = codecs.getincrementaldecoder(found.codec)()
    with target.open("w", encoding="utf-8", newline="") as copy:
        for chunk in encoding.chunks(path):
            try:
                copy.write(decoder.decode(chunk, final=not chunk))
            except UnicodeDecodeError as error:
                raise encoding.undecodable_error(encoding.broken_at(path, found.codec) or error, path, file.path) from None
    return target
