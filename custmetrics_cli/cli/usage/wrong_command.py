"""Hints for an unknown command, and for options of other tools."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from custmetrics_cli.core.errors import CustmetricsError, Problem, near, quote_for_shell

OF_A_PERIOD = re.compile(r"--(?:start|end|from|to|since|until|month|year|quarter|date|dates|range|begin)(?:-date)?")
SYNONYMS = {  # an option of other tools -> ours
    "--group-by": "--by plan",
    "--groupby": "--by plan",
    "--filter": "--where plan=pro",
    "--sheet-name": "--sheet NAME",
    "--sep": "--delimiter",
    "--separator": "--delimiter",
    "--delim": "--delimiter",
}


def as_options(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with `help`, `help X`, `version` and `man` written as options.

    >>> as_options(["help", "churn"]), as_options(["version"]), as_options(["churn", "help"])
    (['churn', '--help'], ['--version'], ['churn', 'help'])
    """
    first, *others = arguments or [""]
    if first == "help":
        return [*others[:1], "--help"]
    return [f"--{first}"] if first in ("version", "man") and not others else list(arguments)


def no_command(arguments: Sequence[str], commands: Iterable[str]) -> CustmetricsError:
    """Return E111 for an unknown first word."""
    word = arguments[0]
    if _is_file(word):
        file = quote_for_shell(word)
        hint = f"put a metric before the file: custmetrics churn --period 2022-Q2 {file}; to look at it first: custmetrics inspect {file}"
    else:
        hint = near(word, commands)
    return CustmetricsError(Problem("E111", f"unknown command '{word}'", hint=hint))


def _is_file(word: str) -> bool:
    """Return whether a word is written like a file. Whether the file exists does not matter."""
    return bool(PurePath(word).suffix or "/" in word or "\\" in word or word.rstrip(".") == "")


def option_hint(option: str, arguments: Sequence[str], commands: Iterable[str]) -> str:
    """Return the hint for an unknown option, "" without one.

    >>> option_hint("--start", ["churn"], ["churn"]), option_hint("--period", ["--period", "2022", "churn"], ["churn"])
    ('write the days as --period 2022-04-01..2022-06-30', 'options come after the metric: custmetrics churn --period …')
    """
    known = frozenset(commands)
    before = next((at for at, word in enumerate(arguments) if word in known), len(arguments))
    if option in arguments[:before] and before < len(arguments):
        return f"options come after the metric: custmetrics {arguments[before]} {option} …"
    if OF_A_PERIOD.fullmatch(option):
        return "write the days as --period 2022-04-01..2022-06-30"
    return f"write {SYNONYMS[option]}" if option in SYNONYMS else ""
