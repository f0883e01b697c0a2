"""From a file as given to plain UTF-8 files: unpacked, spooled or re-encoded into private temporary copies where needed.

A local UTF-8 file is used in place. What is packed or how is read off the bytes, not the name. `Plain.original` holds the bytes that
the given path names (the archive itself; a member of an archive of several; the spooled input), so that `sha256sum` agrees.
"""

from __future__ import annotations

import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from custmetrics_cli.errors import CustmetricsError, Place, Problem
from custmetrics_cli.sources import encoding, magic
from custmetrics_cli.sources._nouns import Given, Plain
from custmetrics_cli.sources.find import is_data_name, unreadable

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

DEEP = 3  # archives within archives


class Scratch:
    """A folder only we can read, made when the first copy is needed and removed with all its copies at the end."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._count = 0

    def __enter__(self) -> Scratch:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._folder:
            self._folder.cleanup()

    def file(self) -> Path:
        """A path for a new copy."""
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="custmetrics-", ignore_cleanup_errors=True)
        self._count += 1
        return Path(self._folder.name) / f"{self._count}.csv"


def unwrap(given: Given, scratch: Scratch, asked: str = "") -> list[Plain]:
    """The plain files in what was given: one, or several from an archive. asked: the encoding, when it was said. Raises E203-E211."""
    with _told(given.path):
        path = _local(given, scratch)
        return list(_plain(given, path, path, scratch, asked, DEEP))


def recode(plain: Plain, scratch: Scratch, asked: str = "") -> Plain:
    """The same file as UTF-8, when the reader met a byte that is not: only then is all of a large file looked at. Raises E208, E209."""
    with _told(plain.given.path):
        found = encoding.detect(plain.path, plain.given.path, asked, whole=True)
        return _utf8(plain.given, plain.path, plain.original, found, scratch)


@contextmanager
def _told(shown: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CustmetricsError(unreadable(shown, error)) from None


def _local(given: Given, scratch: Scratch) -> Path:
    """The file itself; standard input and pipes can be read only once and are kept in a copy."""
    if given.path != "-":
        path = Path(given.path)
        if stat.S_ISREG(path.stat().st_mode):
            return path
        with path.open("rb") as stream:
            return _copy(stream, scratch)
    if sys.stdin is None:
        raise CustmetricsError(Problem("E204", "there is nothing on standard input: it is closed", Place("-"), "pipe a file into it"))
    return _copy(sys.stdin.buffer, scratch)


def _copy(stream: IO[bytes], scratch: Scratch) -> Path:
    path = scratch.file()
    with path.open("wb") as copy:
        shutil.copyfileobj(stream, copy, encoding.CHUNK)
    return path


def _plain(given: Given, path: Path, original: Path, scratch: Scratch, asked: str, deep: int) -> Iterator[Plain]:
    head = _head(path)
    packing = magic.packing(head)
    if not packing:
        yield _text(given, path, original, head, scratch, asked)
    elif not deep:
        raise CustmetricsError(Problem("E205", "is an archive in an archive in an archive", Place(given.path), "unpack it first"))
    elif packing == "zip":
        for member, inner in _members(given, path, scratch):
            yield from _plain(member, inner, original if member == given else inner, scratch, asked, deep - 1)
    else:
        yield from _plain(given, _unpacked(given, path, packing, scratch), original, scratch, asked, deep - 1)


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(encoding.CHUNK)


def _unpacked(given: Given, path: Path, packing: str, scratch: Scratch) -> Path:
    with _whole(given, packing), _opened(path, packing) as stream:
        return _copy(stream, scratch)


@contextmanager
def _whole(given: Given, packing: str) -> Iterator[None]:
    """Whatever a library says of damaged bytes; an OSError with a number is the disk's and not theirs."""
    import lzma
    import zlib
    from zipfile import BadZipFile

    try:
        yield
    except (EOFError, OSError, BadZipFile, NotImplementedError, RuntimeError, zlib.error, lzma.LZMAError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        reason = str(error).strip().rstrip(".").splitlines()[0] if str(error) else type(error).__name__
        hint = "fetch it again, or unpack it yourself and name what is in it"
        raise CustmetricsError(Problem("E205", f"the {packing} archive cannot be unpacked: {reason}", Place(given.path), hint)) from None


def _opened(path: Path, packing: str) -> Any:
    match packing:
        case "gzip":
            import gzip

            return gzip.open(path)
        case "bzip2":
            import bz2

            return bz2.open(path)
        case "xz":
            import lzma

            return lzma.open(path)
    import pyarrow as pa

    return pa.input_stream(str(path), compression="zstd")


def _members(given: Given, path: Path, scratch: Scratch) -> Iterator[tuple[Given, Path]]:
    """The tables in a zip. A single one goes by the archive's own name; of several each may be something else."""
    from zipfile import ZipFile

    with _whole(given, "zip"), ZipFile(path) as archive:
        members = _data_members(given, archive)
        for member in members:
            named = replace(given, path=f"{given.path}/{member.filename}", asked=bool(given.table))
            with archive.open(member) as stream:
                yield (given if len(members) == 1 else named), _copy(stream, scratch)


def _data_members(given: Given, archive: ZipFile) -> list[ZipInfo]:
    files = [member for member in archive.infolist() if not member.is_dir() and not member.filename.startswith("__MACOSX/")]
    if any(member.filename in ("[Content_Types].xml", "mimetype") for member in files):
        raise CustmetricsError(Problem("E206", "is a workbook, not a CSV file", Place(given.path), "open it and save the sheet as CSV"))
    chosen = [member for member in files if is_data_name(member.filename.rpartition("/")[2])] or files[: len(files) == 1]
    if not chosen:
        raise CustmetricsError(Problem("E211", "there are no CSV files in this archive", Place(given.path), "name the files themselves"))
    return chosen


def _text(given: Given, path: Path, original: Path, head: bytes, scratch: Scratch, asked: str) -> Plain:
    if not head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise CustmetricsError(Problem("E204", "is empty", Place(given.path), "a table begins with a line of column names"))
    what, advice = magic.foreign(head)
    if what:
        raise CustmetricsError(Problem("E206", f"is {what}, not a CSV file", Place(given.path), advice))
    return _utf8(given, path, original, encoding.detect(path, given.path, asked), scratch)


def _utf8(given: Given, path: Path, original: Path, found: encoding.Found, scratch: Scratch) -> Plain:
    if found.codec != "utf-8":
        path = _rewritten(given, path, found, scratch)
    return Plain(given, path, found.name, path.stat().st_size, original, found.checked)


def _rewritten(given: Given, path: Path, found: encoding.Found, scratch: Scratch) -> Path:
    import codecs

    target = scratch.file()
    decoder = codecs.getincrementaldecoder(found.codec)()
    with target.open("w", encoding="utf-8", newline="") as copy:
        for chunk in encoding.chunks(path):
            try:
                copy.write(decoder.decode(chunk, final=not chunk))
            except UnicodeDecodeError as error:
                raise encoding.refusal(encoding.broken_at(path, found.codec) or error, path, given.path) from None
    return target
