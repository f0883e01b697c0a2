"""Completion of values in a shell. It reads only the headers of the files on the line."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import typer

from custmetrics_cli.core.data.delimiters import likely_delimiter
from custmetrics_cli.core.options import OptionSpec
from custmetrics_cli.metrics import METRICS

LINES = ("COMP_WORDS", "_TYPER_COMPLETE_ARGS")  # the line, as the scripts of Typer pass it
LONGEST = 20_000  # bytes of a header
ENCODINGS = ("utf-8-sig", "cp1251")
PACKAGE = Path(__file__).parents[2]
Complete = Callable[[typer.Context, str], list[str]]  # from the context and the beginning of a word
Values = Callable[[Any], Iterable[str]]  # from the context


def completer(spec: OptionSpec) -> Complete | None:
    """Return the completion of an option, None where only files or free text fit."""
    if spec.name in OF_OPTIONS:
        return _completing(OF_OPTIONS[spec.name])
    return _completing(lambda context: spec.choices) if spec.choices else None


def argument_completer(name: str) -> Complete | None:
    """Return the completion of an argument, None for files."""
    return _completing(OF_ARGUMENTS[name]) if name in OF_ARGUMENTS else None


def _completing(values: Values) -> Complete:
    """Return a function that Typer calls: it gives the values that begin with a word. Case does not count."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        return [value for value in dict.fromkeys(values(ctx)) if value.casefold().startswith(incomplete.casefold())]

    return complete


def _totals(context: Any) -> Iterable[str]:
    metric = METRICS.get(context.info_name)
    return metric.totals if metric else ()


def _definitions(context: Any) -> Iterable[str]:
    metric = METRICS.get(context.info_name)
    return metric.definitions if metric else ()


def _columns(context: Any) -> Iterator[str]:
    """Yield the headers of the files on the line."""
    line = next((text for name in LINES if (text := os.environ.get(name))), "")
    for word in line.split():
        yield from _header(Path(word.rpartition("=")[2]))


def _header(path: Path) -> list[str]:
    """Return the first row of a text file, nothing for any other file."""
    if path.suffix.casefold() not in (".csv", ".tsv", ".txt"):
        return []
    try:
        with path.open("rb") as file:
            line = file.readline(LONGEST)
    except OSError:
        return []
    text = next((read for encoding in ENCODINGS if (read := _decoded(line, encoding))), "").rstrip("\r\n")
    row = next(csv.reader([text], delimiter=likely_delimiter(text)), [])
    return [cell.strip() for cell in row if cell.strip()]


def _decoded(line: bytes, encoding: str) -> str:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _periods(context: Any) -> Iterator[str]:
    """Yield the names of recent periods, the relative ones first."""
    yield from ("last-month", "last-quarter", "last-year", "this-month", "this-quarter", "this-year", "last-30-days", "ytd", "all")
    this_year = date.today().year
    for year in range(this_year, this_year - 6, -1):
        yield str(year)
        yield from (f"{year}-Q{quarter}" for quarter in range(1, 5))
        yield from (f"{year}-{month:02}" for month in range(1, 13))


def _names_of_files(pattern: str) -> Values:
    return lambda context: sorted(path.stem for path in PACKAGE.glob(pattern))


def _names_of_metrics(context: Any) -> Iterable[str]:
    return METRICS


OF_OPTIONS: dict[str, Values] = {
    "list": _totals,
    "comments": _totals,
    "definition": _definitions,
    "by": _columns,
    "where": _columns,
    "columns": _columns,
    "period": _periods,
    "preset": _names_of_files("presets/*.toml"),
    "profile": _names_of_files("profiles/*.toml"),
    "key": _names_of_metrics,
}
OF_ARGUMENTS: dict[str, Values] = {
    "topic": _names_of_files("guide/*.md"),
    "metric": _names_of_metrics,
    "name": _names_of_files("presets/*.toml"),
}


def install_zsh(*, prog_name: str, complete_var: str, shell: str) -> Path:
    """Write the completion of zsh, and add one line to .zshrc that loads it. Settings of other programs do not change."""
    from typer._completion_shared import get_completion_script

    settings, script = Path.home() / ".zshrc", Path.home() / f".zfunc/_{prog_name}"
    line = "fpath+=~/.zfunc; autoload -Uz compinit; compinit"
    before = settings.read_text("utf-8") if settings.is_file() else ""
    if line not in before:
        newline = "" if before.endswith("\n") or not before else "\n"
        settings.write_text(f"{before}{newline}{line}\n", "utf-8")
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(get_completion_script(prog_name=prog_name, complete_var=complete_var, shell=shell), "utf-8")
    return script
