"""Tables as frames of whole numbers, and all that must be known to answer from them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import TYPE_CHECKING, Any

from custmetrics_cli.core.result import InputReport, Listing, Notice
from custmetrics_cli.ingest.check.judge import SKIP_RULE

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

    from custmetrics_cli.engines.base import Engine


@dataclass(frozen=True, eq=False, repr=False)
class Loaded:
    """frames: one per table; columns id, those of numbers that are looked at (days Int32, else Int64), segments (Int32 codes).

    A segment's code is its place in `words`, which are sorted; a missing word has the code len(words). Days are numbers of days.
    """

    frames: Mapping[str, nw.LazyFrame[Any]]
    tables_with_skipped: frozenset[str]  # tables whose frames hold rows that are set aside too: see every()
    present: Mapping[str, frozenset[str]]  # declared columns that can be answered for: in a file, or made from one that is
    words: Mapping[str, Mapping[str, tuple[str, ...]]]  # table -> segment as asked for -> code -> text
    split_columns: Mapping[str, Mapping[str, str]]  # table -> segment as asked for -> column of the frame
    inputs: tuple[InputReport, ...]  # the files read; others, recognised but not wanted, are left out
    warnings: tuple[Notice, ...]
    lists: Mapping[str, Listing]
    newest: Mapping[str, int | None]  # table -> the newest day that has happened
    oldest: Mapping[str, int | None]
    policies: Mapping[str, str]  # those that matter to these files -> the value in effect
    currencies: Mapping[str, Mapping[str, int]]  # table -> what rows used say, '' = nothing, and how many; {} where no file could
    headers: Mapping[str, tuple[str, ...]]  # table, wanted or not -> the columns by which it can be split
    column_help: Mapping[str, Mapping[str, str]]  # table -> column that its files lack -> how their exports are made to have it
    engine: Engine
    _stack: ExitStack = field(default_factory=ExitStack)

    def used(self, table: str) -> nw.LazyFrame[Any]:
        """The rows of a table that are not set aside."""
        import narwhals.stable.v2 as nw

        return (
            self.frames[table].filter(nw.col(SKIP_RULE) == 0).drop(SKIP_RULE) if table in self.tables_with_skipped else self.frames[table]
        )

    def with_skipped(self, table: str) -> nw.LazyFrame[Any]:
        """The rows of a table, with those that are set aside and given all the same; column aside: 0, else the number of the rule."""
        import narwhals.stable.v2 as nw

        return (
            self.frames[table]
            if table in self.tables_with_skipped
            else self.frames[table].with_columns(nw.lit(0).cast(nw.Int64).alias(SKIP_RULE))
        )

    def only_tables(self, tables: Collection[str]) -> Loaded:
        """With these tables alone."""
        return replace(self, frames={name: frame for name, frame in self.frames.items() if name in tables})

    def only_customers(self, ids: Collection[str]) -> Loaded:
        """With the rows of a few customers, by their ids as text; all that is known of the data stays."""
        return replace(self, frames={name: self.engine.with_ids(frame, ids) for name, frame in self.frames.items()})

    def has_id(self) -> nw.Expr:
        """Whether it is known whose a row is."""
        import narwhals.stable.v2 as nw

        named: nw.Expr = nw.col("id") != self.engine.no_id
        return named

    def ids(self, values: Iterable[Any]) -> list[str]:
        """Ids as frames hold them, as text."""
        return self.engine.ids_as_text(values)

    def close(self) -> None:
        """Removes temporary files and the database."""
        self._stack.close()

    def __enter__(self) -> Loaded:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
