"""Files of a folder that are not a known table: some are other files, but a part of a table that cannot be read makes its number wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, quote_for_shell
from custmetrics_cli.core.result import Notice
from custmetrics_cli.core.words import plural
from custmetrics_cli.ingest.model import Layout, TextFile

Files = Sequence[tuple[TextFile, Layout]]
MOST_NAMED = 6  # files in a hint
DAY_OF_ANY_KIND = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\b.*|\d{8}")
MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec january february march april june july august september october november december "
    "янв фев мар апр май мая июн июл авг сен окт ноя дек январь февраль март апрель июнь июль август сентябрь октябрь ноябрь декабрь"
)
NUMBER = re.compile(rf"\d+|(?<![^\W\d_])({'|'.join(MONTHS.split())})(?![^\W\d_])")


def ignored_files(files: Files, skipped: Sequence[Problem]) -> list[Notice]:
    """Return a warning about files of a folder that are not a known table. files: those that are read.

    Raises CustmetricsError E356 for a file that seems to be a part of a table.
    """
    if not skipped:
        return []
    problems = [problem for each in skipped for problem in _missing_part(each, files)]
    if problems:
        raise CustmetricsError(*problems)
    paths = ", ".join(problem.place.path for problem in skipped)
    count = plural(len(skipped), "file is not a known table and was ignored", "files are not known tables and were ignored")
    return [Notice("W207", f"{count}: {paths} (see custmetrics inspect)", is_decisive=True)]


def _missing_part(skipped: Problem, files: Files) -> Iterator[Problem]:
    """Yield E356 if a file that was skipped has the name, or the first row, of a part of a table."""
    path = skipped.place.path
    for text_file, layout in files:
        other = text_file.source.path
        if not text_file.source.is_named and (_is_next_to(path, other) or _has_row_of(skipped.excerpt, layout)):
            message = f"may be a part of {layout.table.name}, like {other}, but it {_reason(skipped)}: its rows would be missing"
            paths = [quote_for_shell(file.source.path) if " " in file.source.path else file.source.path for file, _ in files]
            hint = f"correct it; to leave it out, pass the files instead of the folder: {' '.join(paths[:MOST_NAMED])}"
            yield Problem(
                "E356", message, Place(path, skipped.place.line), hint + (" …" if len(paths) > MOST_NAMED else ""), skipped.excerpt
            )
            return


def _reason(skipped: Problem) -> str:
    return skipped.message if skipped.message.startswith(("is ", "has ", "contains ")) else f"is not a known table ({skipped.message})"


def _is_next_to(path: str, other: str) -> bool:
    """Return whether two files of one folder have names that differ only in a number or a month.

    >>> _is_next_to("x/part-1.csv", "x/part-02.csv"), _is_next_to("x/kunden_jan.csv", "x/kunden_feb.csv")
    (True, True)
    >>> _is_next_to("x/plans.csv", "x/customers.csv"), _is_next_to("x/part-1.csv", "y/part-2.csv")
    (False, False)
    """
    one, two = PurePath(path), PurePath(other)
    patterns = [NUMBER.sub("#", each.name.casefold()) for each in (one, two)]
    return one.parent == two.parent and "#" in patterns[0] and patterns[0] == patterns[1]


def _has_row_of(line: str, layout: Layout) -> bool:
    """Return whether a line without a header is a row of a table: as many cells, and a day where the table has one."""
    cells = line.strip().split(layout.dialect.delimiter)
    days = [at for name, at in layout.columns.items() if layout.table.by_name[name].kind is DAY and layout.table.by_name[name].required]
    same_size = len(cells) == len(layout.header) > 1
    return same_size and bool(days) and all(DAY_OF_ANY_KIND.fullmatch(cells[at].strip(" \"'")) for at in days)
