"""Find the files that the arguments of a command mean: paths, folders, TABLE=FILE, and - for standard input."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, near
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.open.conversions import is_conversion, is_part
from custmetrics_cli.ingest.open.sheet_files import suffixes
from custmetrics_cli.ingest.open.stores.address import read_address, scheme_of
from custmetrics_cli.ingest.open.stores.store import files_at

TEXTS = (".csv", ".tsv", ".txt")
PACKED = ("", ".gz", ".zst", ".bz2", ".xz", ".zip")
PARTS = re.compile(r"\w+=.*|\w.*\.parquet")  # names of folders of Parquet files: year=2024, orders.parquet
PART_OF_PERIOD = re.compile(r"[qh][1-4]|w[0-9]{1,2}|кв\.?|квартал|полугодие", re.IGNORECASE)
NO_INPUT = Problem("E180", "no input file is given", hint="pass files, a folder of files, or - for standard input: customers.csv")
STDIN_TWICE = Problem("E182", "standard input is given twice", hint="save one of the two to a file: standard input can be read only once")


def find(arguments: Sequence[str], tables: Collection[str], sheet: str = "") -> list[InputFile]:
    """Return the files in order, each once. sheet: read in files without a sheet of their own.

    Raises E180 to E184 for a wrong command, E201 to E203 for missing files.
    """
    if not arguments:
        raise CustmetricsError(NO_INPUT)
    files: list[InputFile] = []
    problems: list[Problem] = []
    for argument in arguments:
        try:
            files += _expand(argument, tables)
        except CustmetricsError as error:
            problems += error.problems
    if problems:
        raise CustmetricsError(*problems)
    return _without_repeats([file._replace(sheet=file.sheet or sheet) for file in files])


def is_data_name(name: str) -> bool:
    """Return whether a file in a folder or an archive is read, by its name alone.

    >>> [is_data_name(name) for name in ("a.csv", "B.TSV.gz", "a.xlsx", "all.zip", "~$a.xlsx", ".a.csv", "a.csv~", "notes.md")]
    [True, True, True, True, False, False, False, False]
    """
    return name.lower().endswith(_suffixes()) and not name.startswith((".", "~", "#"))


@cache
def _suffixes() -> tuple[str, ...]:
    return (*(suffix + packed for suffix in (*TEXTS, *suffixes()) for packed in PACKED), ".zip")


def _expand(argument: str, tables: Collection[str]) -> list[InputFile]:
    """Return the files of one argument."""
    table, path = _split(argument, tables)
    if scheme_of(path):
        return _files_at(path, table)
    path, sheet = _split_sheet(path)
    if path == "-":
        return [InputFile("-", table, sheet=sheet)]
    if stat.S_ISDIR(_mode(path)):
        if is_conversion(path):
            return [InputFile(path, table, is_converted=True)]
        return [InputFile(name, table, is_named=bool(table), is_converted=is_part(name)) for name in _files_in(path)]
    return [InputFile(path, table, sheet=sheet, is_converted=is_part(path))]


def _split(argument: str, tables: Collection[str]) -> tuple[str, str]:
    """Split TABLE=FILE. An existing file with = in its name is a file, unless TABLE=FILE exists too."""
    table, equals, path = argument.partition("=")
    is_table = bool(equals) and table in tables and bool(path)
    if not equals or scheme_of(argument) or (os.path.lexists(_split_sheet(argument)[0]) and not (is_table and os.path.lexists(path))):
        return "", argument
    if is_table:
        return table, path
    if table in tables:
        raise CustmetricsError(Problem("E184", f"'{argument}' has no file", hint=f"write {table}=FILE, or {table}=- for standard input"))
    if scheme_of(path):
        read_address(path)  # one that holds credentials is not shown
    raise CustmetricsError(Problem("E181", f"unknown table '{table}', and no file has the name '{argument}'", hint=near(table, tables)))


def _files_at(address: str, table: str) -> list[InputFile]:
    """Return the file at an address, or the data files in it if it is a folder."""
    address, _, sheet = address.partition("#")
    found = files_at(address, PARTS.fullmatch)
    if found == [address]:
        return [InputFile(address, table, sheet=sheet)]
    names = sorted(each for each in found if is_data_name(each.partition("?")[0].rpartition("/")[2]))
    if not names:
        raise CustmetricsError(_no_data_files(address))
    return [InputFile(name, table, is_named=bool(table)) for name in names]


def _split_sheet(path: str) -> tuple[str, str]:
    """Split FILE#Sheet. A file with # in its name is a file."""
    if "#" not in path or os.path.lexists(path):
        return path, ""
    parts = path.split("#")
    for count in range(len(parts) - 1, 0, -1):
        file = "#".join(parts[:count])
        if file == "-" or Path(file).is_file():
            return file, "#".join(parts[count:])
    return path, ""


def _mode(path: str) -> int:
    try:
        return Path(path).stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise CustmetricsError(Problem("E201", "file not found", Place(path), _similar_files(path))) from None
    except OSError as error:
        raise CustmetricsError(unreadable_problem(path, error)) from None


def unreadable_problem(path: str, error: OSError, verb: str = "read") -> Problem:
    """Return E203 with the text of the operating system."""
    return Problem(
        "E203", f"cannot be {verb}: {error.strerror or error}", Place(path), "check the path, its permissions and the free space"
    )


def _similar_files(path: str) -> str:
    if PART_OF_PERIOD.fullmatch(path):
        return f"if it belongs to the period, quote it: --period '2022 {path}'"
    folder = Path(path).parent
    if not folder.is_dir():
        return f"the folder '{folder}' does not exist"
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if is_data_name(entry.name))
    except OSError:
        return f"the folder '{folder}' cannot be listed"
    return near(Path(path).name, names) if names else f"the folder '{folder}' has no data files"


def _files_in(folder: str) -> list[str]:
    try:
        found = sorted(_data_files(folder.rstrip("/") or "/"))
    except OSError as error:
        raise CustmetricsError(unreadable_problem(folder, error)) from None
    if not found:
        raise CustmetricsError(_no_data_files(folder))
    return found


def _no_data_files(folder: str) -> Problem:
    kinds = " ".join((*TEXTS, *suffixes()))
    hint = f"the search finds {kinds} files, also packed as .gz, .zst, .bz2, .xz or .zip, but not in sub-folders"
    return Problem("E202", "contains no data files", Place(folder), hint)


def _data_files(folder: str) -> Iterator[str]:
    """Yield the data files of a folder, and those in sub-folders that hold the parts of one table."""
    for entry in os.scandir(folder):
        path = f"{folder.rstrip('/')}/{entry.name}"
        if not entry.is_dir():
            yield from [path] if is_data_name(entry.name) else []
        elif PARTS.fullmatch(entry.name):
            yield from _data_files(path)


def _without_repeats(files: Iterable[InputFile]) -> list[InputFile]:
    """Drop a folder's file that is also named by itself. Any other repetition is an error: its rows would count twice."""
    named = {_key(file) for file in files if file.is_named}
    kept = [file for file in files if file.is_named or _key(file) not in named]
    counts = Counter(map(_key, kept))
    problems = {key: _repeated(file) for file in kept if counts[key := _key(file)] > 1}
    if problems:
        raise CustmetricsError(*problems.values())
    return kept


def _key(file: InputFile) -> tuple[str, str]:
    return (file.path, "") if file.path == "-" else (os.path.realpath(file.path), file.sheet)


def _repeated(file: InputFile) -> Problem:
    if file.path == "-":
        return STDIN_TWICE
    return Problem("E183", "the same file is given twice", Place(file.path), "pass it once: its rows would count twice")
