"""What is in an archive, unpacked into private copies. Damaged, cut off or encrypted: E205; a workbook: E206; no table: E211."""

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

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo


def unpack_single(file: InputFile, path: Path, packing: str, scratch: Scratch) -> Path:
    """The one file in a gzip, bzip2, xz or zstd archive."""
    with _whole(file, packing), _opened(path, packing) as stream:
        return scratch.copy(stream)


@contextmanager
def _whole(file: InputFile, packing: str) -> Iterator[None]:
    """Whatever a library says of damaged bytes; an OSError with a number is the disk's, but for a seek to nowhere."""
    import lzma
    import zlib
    from zipfile import BadZipFile

    try:
        yield
    except (EOFError, OSError, BadZipFile, NotImplementedError, RuntimeError, zlib.error, lzma.LZMAError) as error:
        if isinstance(error, OSError) and error.errno not in (None, EINVAL):
            raise
        reason = str(error).strip().rstrip(".").splitlines()[0] if str(error) else type(error).__name__
        hint = "fetch it again, or unpack it yourself and name what is in it"
        raise CustmetricsError(Problem("E205", f"the {packing} archive cannot be unpacked: {reason}", Place(file.path), hint)) from None


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


def unpack_zip(file: InputFile, path: Path, scratch: Scratch) -> Iterator[tuple[InputFile, Path]]:
    """The tables in a zip. A single one goes by the archive's own name; of several each may be something else."""
    from zipfile import ZipFile

    with _whole(file, "zip"), ZipFile(path) as archive:
        members = _data_members(file, archive)
        for member in members:
            named = file._replace(path=f"{file.path}/{member.filename}", is_named=bool(file.table))
            with archive.open(member) as stream:
                yield (file if len(members) == 1 else named), scratch.copy(stream)


def _data_members(file: InputFile, archive: ZipFile) -> list[ZipInfo]:
    files = [member for member in archive.infolist() if not member.is_dir() and not member.filename.startswith("__MACOSX/")]
    if any(member.filename in ("[Content_Types].xml", "mimetype") for member in files):
        raise not_csv_error(file, "a workbook", "open it and save the sheet as CSV")
    chosen = [member for member in files if is_data_name(member.filename.rpartition("/")[2])] or files[: len(files) == 1]
    if not chosen:
        raise CustmetricsError(Problem("E211", "there are no CSV files in this archive", Place(file.path), "name the files themselves"))
    return chosen


def not_csv_error(file: InputFile, what: str, advice: str) -> CustmetricsError:
    """What a file is instead."""
    return CustmetricsError(Problem("E206", f"is {what}, not a CSV file", Place(file.path), advice))
