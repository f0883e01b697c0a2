"""The shape of each file, or why it has none. What was found in a folder and is no table of ours is set aside; what was named is not."""

from __future__ import annotations

import filecmp
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from operator import attrgetter

from custmetrics_cli.errors import CustmetricsError, Place, Problem, near
from custmetrics_cli.sources import recognise, shape
from custmetrics_cli.sources._nouns import Plain, Settings, Shape
from custmetrics_cli.tables import Table

DATE = r"\d{4}-\d\d?-\d\d?|\d\d?([./])\d\d?\1\d{2,4}"
LIKE = 0.7  # of two names, from 0 to 1, above which one is proposed for the other
RANK = attrgetter("rank")
LONG = 120  # characters of a header line shown

Decided = list[tuple[Plain, Shape]]


def decide(
    plains: Sequence[Plain], settings: Settings, tables: Mapping[str, Table], wanted: Collection[str] = ()
) -> tuple[Decided, list[Problem]]:
    """The files that are tables, and for each that is set aside the reason. Raises E186, E301-E308, E315, E316.

    wanted: the tables that are asked for: of these it is said which one a file comes nearest to.
    """
    decided: Decided = []
    aside: list[Problem] = []
    problems: list[Problem] = []
    for plain, found in each(plains, settings, tables, wanted):
        if isinstance(found, Shape):
            decided.append((plain, found))
        else:
            (problems if plain.given.asked else aside).append(found)
    problems = problems or ([] if decided else aside) or across(decided, settings)
    if problems:
        raise CustmetricsError(*problems)
    return decided, aside


def each(
    plains: Sequence[Plain], settings: Settings, tables: Mapping[str, Table], wanted: Collection[str] = ()
) -> list[tuple[Plain, Shape | Problem]]:
    """Every file by itself: its shape, or what keeps it from having one. Raises E186."""
    _check_names(settings.columns, tables)
    return [(plain, _one(plain, settings, tables, wanted)) for plain in plains]


def across(decided: Decided, settings: Settings) -> list[Problem]:
    """What is wrong with files that are tables each by itself, but not together."""
    return [*_misspelt(decided, settings.columns), *_doubled(decided, settings.columns), *_unlike(decided, settings), *_copies(decided)]


def _one(plain: Plain, settings: Settings, tables: Mapping[str, Table], wanted: Collection[str]) -> Shape | Problem:
    head = shape.read_head(plain)
    said = [tables[plain.given.table]] if plain.given.table else []
    found = shape.candidates(plain, head, said or list(tables.values()), settings)
    if not found:
        where = f"on line {settings.header_row}" if settings.header_row else f"in the first {shape.DEEPEST} lines"
        return Problem("E305", f"there is no header {where}", Place(plain.given.path), "a table begins with a line of column names")
    chosen = max(found, key=RANK)
    if not chosen.match.missing:
        return _misplaced(plain, head, chosen, settings) or shape.decided(head, chosen)
    asked = shape.candidates(plain, head, [tables[name] for name in wanted], settings) if wanted and not said else found
    return _unrecognised(plain, head, max(asked, key=RANK), settings)


def _misplaced(plain: Plain, head: shape.Head, chosen: shape.Candidate, settings: Settings) -> Problem | None:
    """What shows that a header is not where the rows begin: rows above it, or on its own line."""
    above = 0 if settings.header_row else shape.first_row_above(head, chosen)
    if above:
        message = f"a row of the table stands here, above the header on line {chosen.line}: it would not count"
        hint = f"put the header first; if this is no row, pass --header-row {chosen.line}"
        return Problem("E315", message, Place(plain.given.path, above), hint, head.lines[above - 1].strip()[:LONG])
    if shape.is_alone(head, chosen) and any(re.search(DATE, name) for name in chosen.header):
        message = "the header holds dates, and no row follows: the rows stand on its line"
        excerpt = head.lines[chosen.line - 1].strip()[:LONG]
        return Problem(
            "E316", message, Place(plain.given.path, chosen.line), "export the file anew, with a line end after each row", excerpt
        )
    return None


def _unrecognised(plain: Plain, head: shape.Head, chosen: shape.Candidate, settings: Settings) -> Problem:
    said = shape.said_of(chosen.match.table, settings.columns)
    for name, header in said.items():
        if header and recognise.position(chosen.header, header) < 0:
            return _no_header(plain, chosen.header, name, header)
    place = Place(plain.given.path, chosen.line)
    excerpt = head.lines[chosen.line - 1].strip()[:LONG]
    if not chosen.match.columns and chosen.is_data:
        columns = chosen.delimiter.join(column.name for column in chosen.match.table.required)
        return Problem(
            "E303", "the first line looks like data, not like a header", place, f"put a line of column names first: {columns}", excerpt
        )
    return _lacking(plain, chosen, place, excerpt)


def _lacking(plain: Plain, chosen: shape.Candidate, place: Place, excerpt: str) -> Problem:
    table, missing = chosen.match.table, chosen.match.missing
    lacks = f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing from the header"
    hint = _mapping(missing[0], chosen)
    if plain.given.table:
        return Problem("E302", f"for the table {table.name}, {lacks}", place, hint, excerpt)
    return Problem("E301", f"this is no table known here; it comes nearest to {table.name}, but {lacks}", place, hint, excerpt)


def _mapping(name: str, chosen: shape.Candidate) -> str:
    """The option that would settle it, with the free header most like the column or one of its aliases, else with all of them."""
    column = chosen.match.table.by_name[name]
    words = [recognise.normal(word) for word in (column.name, *column.aliases)]
    free = [cell for at, cell in enumerate(chosen.header) if cell and at not in chosen.match.columns.values()]
    like = {cell: max(_likeness(recognise.normal(cell), word) for word in words) for cell in free}
    best = max(free, key=like.__getitem__, default="")
    if best and like[best] >= LIKE:
        return f'say which column it is: --column {name}="{best}"'
    needed = ", ".join(column.name for column in chosen.match.table.required)
    return f'say which column it is, --column {name}="NAME": {near("", free)}' if free else f"the table needs the columns {needed}"


def _likeness(cell: str, word: str) -> float:
    """How alike two names are, 0 to 1; one that holds the other whole is as good as alike."""
    held = min(len(cell), len(word)) > 1 and (word.endswith(cell) or word in cell)
    return LIKE if held else SequenceMatcher(None, cell, word).ratio()


def _check_names(columns: Mapping[str, str], tables: Mapping[str, Table]) -> None:
    plain = {name for table in tables.values() for name in table.by_name}
    known = plain | {f"{table.name}.{name}" for table in tables.values() for name in table.by_name}
    problems = [
        Problem("E186", f"no table has a column '{name}' to map '{header}' to", hint=near(name, sorted(known if "." in name else plain)))
        for name, header in columns.items()
        if name not in known
    ]
    if problems:
        raise CustmetricsError(*problems)


def _misspelt(decided: Decided, columns: Mapping[str, str]) -> Iterator[Problem]:
    """A mapping may be meant for one file of several, but not for none of those it could be about."""
    for key, header in columns.items():
        about = [(plain, found) for plain, found in decided if _is_about(key, found.table)]
        if header and about and all(recognise.position(found.header, header) < 0 for _, found in about):
            yield _no_header(about[0][0], about[0][1].header, key, header)


def _doubled(decided: Decided, columns: Mapping[str, str]) -> Iterator[Problem]:
    """Two columns with one heading may hold different things; the user says which is meant."""
    for plain, found in decided:
        said = shape.said_of(found.table, columns)
        for name, other in found.doubled.items():
            if name not in said:
                own = found.header[found.columns[name]]
                message = f"two columns are called '{own}', the second here '{other}': either could be {name}"
                hint = f'say which: --column {name}="{own}" or --column {name}="{other}"'
                yield Problem("E308", message, Place(plain.given.path, found.header_line), hint)


def _unlike(decided: Decided, settings: Settings) -> Iterator[Problem]:
    """Absent is not empty: where one file of a table says when customers left, another without that would say that none did."""
    for table in {found.table.name: found.table for _, found in decided}.values():
        files = [(plain.given.path, found.columns) for plain, found in decided if found.table is table]
        given = [policy.gives for policy in table.policies if policy.values[table.chosen(settings.policies)[policy.name]]]
        for derived in (derived for derived in table.derived if derived.name not in given):
            has = [path for path, columns in files if derived.answered(columns)]
            for path in [path for path, _ in files if has and path not in has]:
                needs = ", or ".join(" and ".join(names) for names in derived.needs)
                message = f"has no column {needs}, but {has[0]}, of the same table, does: its rows would all count as empty"
                hint = f'leave the file out, or say which column it is: --column {derived.name}="NAME"'
                yield Problem("E306", message, Place(path), hint)


def _copies(decided: Decided) -> Iterator[Problem]:
    """A file and its copy, packed perhaps, would count twice; files that have no rows are alike by nature."""
    kept: dict[tuple[str, int], Plain] = {}
    for plain, found in decided:
        other = kept.setdefault((found.table.name, plain.size), plain)
        if other is not plain and filecmp.cmp(other.path, plain.path, shallow=False) and _has_rows(plain, found):
            message = f"holds the same as {other.given.path}: its rows would count twice"
            yield Problem("E307", message, Place(plain.given.path), "leave one of the two out")


def _has_rows(plain: Plain, found: Shape) -> bool:
    return found.data_line <= len(shape.read_head(plain).lines)


def _is_about(key: str, table: Table) -> bool:
    return key in table.by_name or (key.startswith(f"{table.name}.") and key.removeprefix(f"{table.name}.") in table.by_name)


def _no_header(plain: Plain, header: Collection[str], name: str, wanted: str) -> Problem:
    hint = near(wanted, [cell for cell in header if cell])
    return Problem("E304", f"there is no column '{wanted}' to take for {name}", Place(plain.given.path), hint)
