"""Open converted folders: read the manifest, choose the entries, and compare the files with it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from custmetrics_cli.core.errors import SHOWN, CustmetricsError, Place, Problem
from custmetrics_cli.core.safety.reading import sha256
from custmetrics_cli.ingest.converted.manifest import Entry, Manifest, damaged, read_manifest
from custmetrics_cli.ingest.converted.part_file import PartFile
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.open.conversions import MANIFEST
from custmetrics_cli.ingest.open.find import unreadable_problem

AGAIN = "convert the source files again: custmetrics convert FILES -o FOLDER"


class Opened(NamedTuple):
    """A converted folder, and those of its entries that are read."""

    folder: Path
    shown: str
    manifest: Manifest
    entries: tuple[Entry, ...]


def open_conversions(files: Iterable[InputFile]) -> list[Opened]:
    """Return the folders that inputs are, or are files of. Raises CustmetricsError E240, E241."""
    opened: dict[Path, Opened] = {}
    for file in files:
        folder = Path(file.path) if Path(file.path).is_dir() else Path(file.path).parent.parent
        known = opened.get(folder) or Opened(folder, str(folder), _manifest(folder, file.path), ())
        chosen = [entry for entry in known.manifest.entries if _is_meant(entry, file, folder) and entry not in known.entries]
        if not chosen and not Path(file.path).is_dir():
            raise CustmetricsError(damaged(file.path, "is not a part of a table in the manifest of its folder"))
        opened[folder] = known._replace(entries=(*known.entries, *chosen))
    return [*opened.values()]


def _manifest(folder: Path, shown: str) -> Manifest:
    path = folder / MANIFEST
    if not path.is_file():
        raise CustmetricsError(damaged(shown, f"has no {MANIFEST} in the folder of its tables: keep the converted folder together"))
    try:
        return read_manifest(path.read_text("utf-8"), str(path))
    except UnicodeDecodeError:
        raise CustmetricsError(damaged(str(path), "is damaged")) from None
    except OSError as error:
        raise CustmetricsError(unreadable_problem(str(path), error)) from None


def _is_meant(entry: Entry, file: InputFile, folder: Path) -> bool:
    is_table = file.table in ("", entry.table)
    return is_table and (Path(file.path).is_dir() or _is_same(Path(file.path), folder / entry.part.file))


def _is_same(file: Path, part: Path) -> bool:
    return part.exists() and file.samefile(part)


def check_parts(opened: Sequence[Opened], tables: Iterable[str]) -> None:
    """Compare each file of some tables with the manifest. Raises CustmetricsError E247 for one that differs."""
    wanted = {*tables}
    parts = [(each, part) for each in opened for entry in each.entries if entry.table in wanted for part in _parts(entry)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        problems = [problem for problem in pool.map(lambda pair: _difference(*pair), parts) if problem]
    problems += [problem for each in opened for problem in _unknown(each, wanted)]
    if problems:
        raise CustmetricsError(*problems[:SHOWN], total=len(problems))


def _parts(entry: Entry) -> list[PartFile]:
    return [entry.part, *([entry.skipped_part] if entry.skipped_part else [])]


def _difference(opened: Opened, part: PartFile) -> Problem | None:
    path = opened.folder / part.file
    try:
        if path.stat().st_size == part.bytes and sha256(path) == part.sha256:
            return None
    except FileNotFoundError:
        return _not_as_written(path, "is missing from the converted folder")
    except OSError as error:
        return unreadable_problem(str(path), error)
    return _not_as_written(path, "was changed after it was converted: its SHA-256 is not that of the manifest")


def _not_as_written(path: Path, message: str, hint: str = AGAIN) -> Problem:
    return Problem("E247", message, Place(str(path)), hint)


def _unknown(opened: Opened, tables: Iterable[str]) -> Iterator[Problem]:
    """Yield E247 for each Parquet file beside the parts of a table that the manifest does not know."""
    known = {part.file for entry in opened.manifest.entries for part in _parts(entry)}
    for table in sorted(tables):
        for path in sorted((opened.folder / table).glob("*.parquet")):
            if f"{table}/{path.name}" not in known:
                yield _not_as_written(path, "is not in the manifest of the converted folder, so it is not read", "move it elsewhere")
