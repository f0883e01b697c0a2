"""The folder that `convert` makes: it is new, empty, or an earlier conversion that may be replaced."""

from __future__ import annotations

from pathlib import Path

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.ingest.converted.part_sink import SKIPPED
from custmetrics_cli.ingest.open.conversions import MANIFEST, is_conversion
from custmetrics_cli.tables import TABLES


def check_target(target: Path, replaces: bool) -> None:
    """Raises CustmetricsError E242 if the folder must not be replaced, E244 if it cannot be made."""
    if not target.parent.is_dir():
        raise CustmetricsError(
            Problem("E244", "cannot be made: its parent folder does not exist", Place(str(target)), "make that folder first")
        )
    if target.is_dir() and not any(target.iterdir()):
        return
    if target.is_dir() and is_conversion(target):
        if foreign := foreign_files(target):
            hint = "move the file elsewhere, or choose another folder with -o"
            raise _must_stay(target, f"contains '{foreign[0]}', which convert did not write", hint)
        if not replaces:
            raise _must_stay(target, "is an earlier conversion", "to replace it, pass --replace")
    elif target.exists():
        message = "is not empty, and not a conversion" if target.is_dir() else "is a file"
        raise _must_stay(target, message, "choose another folder with -o")


def _must_stay(target: Path, message: str, hint: str) -> CustmetricsError:
    return CustmetricsError(Problem("E242", message, Place(str(target)), hint))


def foreign_files(folder: Path) -> list[str]:
    """Return the files of a conversion that it did not write."""
    own = {MANIFEST, *(f"{table}{suffix}" for table in TABLES for suffix in ("", SKIPPED))}
    paths = sorted(path.relative_to(folder) for path in folder.rglob("*"))
    return [str(path) for path in paths if path.parts[0] not in own or (len(path.parts) > 1 and path.suffix != ".parquet")]
