"""From the arguments of a command to files: names, folders, TABLE=FILE, and - for standard input."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, near
from custmetrics_cli.ingest.model import InputFile

TEXTS = (".csv", ".tsv", ".txt")
PACKED = ("", ".gz", ".zst", ".bz2", ".xz", ".zip")
STDIN_TWICE = Problem("E182", "standard input is given twice", hint="it can be read only once: save one of the two to a file")
SUFFIXES = (*(text + packed for text in TEXTS for packed in PACKED), ".zip")


def find(arguments: Sequence[str], tables: Collection[str]) -> list[InputFile]:
    """The files meant, in order, each once. Raises E18x for a wrong command, E201-E203 for what is not there."""
    if not arguments:
        raise CustmetricsError(
            Problem("E180", "no input file is given", hint="name the files, a folder of them, or - for standard input: customers.csv")
        )
    found: list[InputFile] = []
    problems: list[Problem] = []
    for argument in arguments:
        try:
            found += _given(argument, tables)
        except CustmetricsError as error:
            problems += error.problems
    if problems:
        raise CustmetricsError(*problems)
    return _once(found)


def is_data_name(name: str) -> bool:
    """Whether a file found in a folder or an archive is one of ours, by its name alone.

    >>> [is_data_name(name) for name in ("a.csv", "B.TSV.gz", "all.zip", "~$a.csv", ".a.csv", "a.csv~", "notes.md")]
    [True, True, True, False, False, False, False]
    """
    return name.lower().endswith(SUFFIXES) and not name.startswith((".", "~", "#"))


def _given(argument: str, tables: Collection[str]) -> list[InputFile]:
    table, path = _split(argument, tables)
    if path == "-":
        return [InputFile("-", table)]
    if stat.S_ISDIR(_mode(path)):
        return [InputFile(name, table, is_named=bool(table)) for name in _inside(path)]
    return [InputFile(path, table)]


def _split(argument: str, tables: Collection[str]) -> tuple[str, str]:
    """('costs', 'ads.csv') of costs=ads.csv; a file whose name holds a = is a file, unless TABLE=FILE is there too."""
    table, equals, path = argument.partition("=")
    meant = bool(equals) and table in tables and bool(path)
    if not equals or (os.path.lexists(argument) and not (meant and os.path.lexists(path))):
        return "", argument
    if meant:
        return table, path
    if table in tables:
        raise CustmetricsError(Problem("E184", f"'{argument}' names no file", hint=f"write {table}=FILE, or {table}=- for standard input"))
    raise CustmetricsError(Problem("E181", f"there is no table '{table}' and no file '{argument}'", hint=near(table, tables)))


def _mode(path: str) -> int:
    try:
        return Path(path).stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise CustmetricsError(Problem("E201", "there is no such file", Place(path), _nearby(path))) from None
    except OSError as error:
        raise CustmetricsError(unreadable_problem(path, error)) from None


def unreadable_problem(path: str, error: OSError, verb: str = "read") -> Problem:
    """What the operating system refused, in its own words."""
    return Problem(
        "E203", f"cannot be {verb}: {error.strerror or error}", Place(path), "check the path, its permissions and the free space"
    )


def _nearby(path: str) -> str:
    folder = Path(path).parent
    if not folder.is_dir():
        return f"there is no folder '{folder}'"
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if is_data_name(entry.name))
    except OSError:
        return f"the folder '{folder}' cannot be listed"
    return near(Path(path).name, names) if names else f"there are no CSV files in '{folder}'"


def _inside(folder: str) -> list[str]:
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if is_data_name(entry.name) and not entry.is_dir())
    except OSError as error:
        raise CustmetricsError(unreadable_problem(folder, error)) from None
    if not names:
        hint = f"a folder is searched for {', '.join(TEXTS)} files and their .gz, .zst, .bz2, .xz and .zip; folders in it are not"
        raise CustmetricsError(Problem("E202", "there are no CSV files in this folder", Place(folder), hint))
    return [f"{folder.rstrip('/')}/{name}" for name in names]


def _once(found: Iterable[InputFile]) -> list[InputFile]:
    """A file named beside its folder is taken as named; any other repetition would count its rows twice."""
    named = {_key(given) for given in found if given.is_named}
    kept = [given for given in found if given.is_named or _key(given) not in named]
    counts = Counter(map(_key, kept))
    problems = {key: _repeated(given) for given in kept if counts[key := _key(given)] > 1}
    if problems:
        raise CustmetricsError(*problems.values())
    return kept


def _key(file: InputFile) -> str:
    return file.path if file.path == "-" else os.path.realpath(file.path)


def _repeated(file: InputFile) -> Problem:
    if file.path == "-":
        return STDIN_TWICE
    return Problem("E183", "the same file is given twice", Place(file.path), "name it once: its rows would count twice")
