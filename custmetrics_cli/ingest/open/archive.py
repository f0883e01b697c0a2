"""Unpack archives into private copies.

Raises E205 for damaged or encrypted archives, E206 for documents, E211 for archives without data files.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from errno import EINVAL
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.open.find import is_data_name
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpacked_size import check_members

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

ENCRYPTED = "is encrypted"  # in the message of zipfile


def unpack_single(file: InputFile, path: Path, packing: str, scratch: Scratch) -> Path:
    """Unpack the one file of a gzip, bzip2, xz or zstd archive."""
    with _report_damage(file, packing), _open(path, packing) as stream:
        return scratch.unpack(stream, file.path, path.stat().st_size)


def _first_line(error: Exception) -> str:
    return str(error).strip().rstrip(".").splitlines()[0] if str(error) else type(error).__name__


@contextmanager
def _report_damage(file: InputFile, packing: str) -> Iterator[None]:
    """Turn the errors of the libraries into E205. An OSError with a number comes from the disk, except for an invalid seek."""
    import lzma
    import zlib
    from zipfile import BadZipFile

    try:
        yield
    except (EOFError, OSError, BadZipFile, NotImplementedError, RuntimeError, zlib.error, lzma.LZMAError) as error:
        if isinstance(error, OSError) and error.errno not in (None, EINVAL):
            raise
        locked = ENCRYPTED in str(error)
        reason = "it has a password" if locked else _first_line(error)
        hint = f"{'' if locked else 'download it again, or '}unpack it yourself and pass the files"
        raise CustmetricsError(Problem("E205", f"the {packing} archive cannot be unpacked: {reason}", Place(file.path), hint)) from None


def _open(path: Path, packing: str) -> Any:
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


def unpack_zip(file: InputFile, path: Path, scratch: Scratch) -> Iterator[tuple[InputFile, Path]]:
    """Unpack the data files of a zip. A single file keeps the archive's path; several are skipped if their table is unknown."""
    from zipfile import ZipFile

    with _report_damage(file, "zip"), ZipFile(path) as archive:
        members, packed = _data_members(file, archive), path.stat().st_size
        check_members(len(members), file.path)
        for member in members:
            inner = file._replace(path=f"{file.path}/{member.filename}", is_named=bool(file.table))
            with archive.open(member) as stream:
                yield (file if len(members) == 1 else inner), scratch.unpack(stream, file.path, packed)


def _data_members(file: InputFile, archive: ZipFile) -> list[ZipInfo]:
    files = [member for member in archive.infolist() if not member.is_dir() and not member.filename.startswith("__MACOSX/")]
    if any(member.filename in ("[Content_Types].xml", "mimetype") for member in files):
        raise not_data_error(file, "a document", "export its table as CSV or as a workbook")
    if any(member.filename.endswith("Index/Document.iwa") for member in files):
        raise not_data_error(file, "an Apple Numbers document", "export it as CSV or Excel")
    chosen = [member for member in files if is_data_name(member.filename.rpartition("/")[2])] or files[: len(files) == 1]
    if not chosen:
        raise CustmetricsError(Problem("E211", "contains no data files", Place(file.path), "pass the files themselves"))
    return chosen


def not_data_error(file: InputFile, file_type: str, advice: str) -> CustmetricsError:
    return CustmetricsError(Problem("E206", f"is {file_type}, not a table", Place(file.path), advice))
