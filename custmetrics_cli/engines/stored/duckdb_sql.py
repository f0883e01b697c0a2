"""The SQL by which DuckDB reads stored parts: only the columns that a table needs, by its own Parquet reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.engines.chunk import TableSpec
from custmetrics_cli.engines.stored.part import DAY, ID, KEY, MONEY, ROUNDED, SKIPPED_BY, WORD, StoredColumn, StoredPart

GLOB = frozenset("*?[")  # characters of paths that DuckDB reads as patterns
MOST_CASES = 64  # words that a comparison with each is fast for
ANY_ROW = "TRUE"


def can_read(parts: Sequence[StoredPart]) -> bool:
    """Return whether DuckDB can read the parts by itself: a key needs the numbers of other tables and parts."""
    kinds = {column.kind for part in parts for column in part.columns.values()}
    is_rounded = any(column.places == ROUNDED for part in parts for column in part.columns.values() if column.kind == MONEY)
    return KEY not in kinds and not is_rounded and not any(GLOB.intersection(str(part.path)) for part in parts)


def words_query(parts: Sequence[StoredPart], column: str) -> str:
    """Return the query for the distinct words of a column of the frame."""
    selects = [
        f"SELECT DISTINCT {_quoted(part.columns[column].name)} AS word {_source([part])}" for part in parts if column in part.columns
    ]
    return f"SELECT DISTINCT word FROM ({' UNION ALL '.join(selects)}) WHERE word IS NOT NULL" if selects else ""


def rows_query(table: TableSpec, parts: Sequence[StoredPart], words: Mapping[str, Sequence[str]], missing: int) -> str:
    """Return the query for the rows of all parts. words: of each column, by number. missing: the number of rows without a word."""

    def columns_of(part: StoredPart) -> str:
        return ", ".join(f"{sql} AS {_quoted(name)}" for name, sql in _columns(table, part, words, missing))

    return " UNION ALL ".join(f"SELECT {columns} {_source([*same])}" for columns, same in _grouped(parts, columns_of))


def _grouped(parts: Sequence[StoredPart], key: Callable[[StoredPart], str]) -> Iterator[tuple[str, Sequence[StoredPart]]]:
    """Yield the parts that are read in the same way, together."""
    ordered = sorted(parts, key=lambda part: (key(part), sorted(part.skip_rules)))
    for (columns, _), same in groupby(ordered, key=lambda part: (key(part), sorted(part.skip_rules))):
        yield columns, [*same]


def _source(parts: Sequence[StoredPart]) -> str:
    files = ", ".join(_text(str(part.path)) for part in parts)
    rules = ", ".join(map(str, sorted(parts[0].skip_rules)))
    return f"FROM read_parquet([{files}], hive_partitioning = false)" + (f" WHERE {_quoted(SKIPPED_BY)} IN ({rules})" if rules else "")


def _columns(table: TableSpec, part: StoredPart, words: Mapping[str, Sequence[str]], missing: int) -> Iterator[tuple[str, str]]:
    """Yield each column of the frame, and its value as SQL."""
    column = part.columns.get("id")
    yield "id", f"coalesce({_quoted(column.name)}, '')" if column else "''"
    for name in table.numbers:
        yield name, f"({_number(part, name)})::{'INTEGER' if name in table.days else 'BIGINT'}"
    for name in table.words:
        column = part.columns.get(name)
        yield name, _code(_quoted(column.name), words[name], missing) if column else f"{missing}::INTEGER"


def _number(part: StoredPart, name: str) -> str:
    column = part.columns.get(name)
    if column is None:
        return str(part.numbers[name])
    value = _value(column)
    return f"{value} + {part.added[name]}" if part.added.get(name) else value


def _value(column: StoredColumn) -> str:
    name = _quoted(column.name)
    if column.kind == DAY:
        return f"coalesce({name} - DATE '1970-01-01', {column.empty})"
    if column.kind == MONEY:
        return f"({name} * {10**column.places})::BIGINT * {MONEY_PARTS // 10**column.places}"
    assert column.kind not in (ID, WORD)
    return name


def _code(name: str, words: Sequence[str], missing: int) -> str:
    if not words:
        return f"{missing}::INTEGER"
    if len(words) <= MOST_CASES:
        cases = " ".join(f"WHEN {_text(word)} THEN {code}" for code, word in enumerate(words))
        return f"(CASE {name} {cases} ELSE {missing} END)::INTEGER"
    listed = ", ".join(map(_text, words))
    return f"coalesce(enum_code({name}::ENUM({listed}))::INTEGER, {missing})"


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
