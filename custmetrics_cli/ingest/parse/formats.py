"""How the texts of each column are to be read: decided once per column, over all files of a table.

What the texts leave open, and the user has not said, is refused with both readings; never guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from custmetrics_cli.columns import ColumnFormat, FormatEvidence
from custmetrics_cli.core.errors import Problem, pass_one
from custmetrics_cli.ingest.model import Layout, Settings
from custmetrics_cli.ingest.parse.distinct import DistinctTexts, gather_evidence
from custmetrics_cli.tables import Table
from custmetrics_cli.tables.shared.column import Column

EvidenceByColumn = Mapping[str, FormatEvidence]
Formats = Mapping[str, ColumnFormat]


def add_evidence(table: Table, cells: Mapping[str, DistinctTexts], so_far: EvidenceByColumn, known: ColumnFormat) -> EvidenceByColumn:
    """The evidence so far and that of these cells. known: what need not be shown by them, and says nothing of other files."""
    found = dict(so_far)
    for column in table.columns:
        if column.kind.gather and column.name in cells:
            seen = gather_evidence(column.kind.gather, cells[column.name]).discount(known)
            found[column.name] = found[column.name] + seen if column.name in found else seen
    return found


def user_format(settings: Settings, end: bool = False, late: bool = False) -> ColumnFormat:
    """A reading as far as the user said it. end, late: as a column declares them."""
    return ColumnFormat(
        order=settings.order,
        decimal=settings.decimal,
        tz=None if settings.tz == "UTC" else ZoneInfo(settings.tz),
        end=end or late,
        inclusive=end and settings.ends == "inclusive",
    )


def resolve_formats(table: Table, tallies: EvidenceByColumn, settings: Settings) -> Formats:
    """The reading of each column. What is ambiguous is decided too, somehow: ask `undecided` before using it."""
    base = {column.name: user_format(settings, column.is_end, column.rounds_up) for column in table.columns}
    return base | {name: tally.resolve(base[name]) for name, tally in tallies.items()}


def ambiguous_columns(tallies: EvidenceByColumn, settings: Settings) -> Iterator[tuple[Problem, tuple[str, str]]]:
    """The columns that can be read in two ways, each with a cell that shows it: column and text."""
    for name, tally in tallies.items():
        if ambiguity := tally.ambiguity(user_format(settings)):
            message = f"{name}: {tally.sample!r} is {tally.interpretations}; no cell of the column settles it"
            problem = Problem(ambiguity.code, message, hint=pass_one(ambiguity.choices), choices=ambiguity.choices)
            yield problem, (name, tally.sample)


def for_file(readings: Formats, layout: Layout) -> Formats:
    """The readings for one file: what its header says of zones, and its preset of dates, decimals and units."""
    epoch = layout.preset is not None and layout.preset.epoch
    return {
        name: reading._replace(
            order=layout.formats.order or reading.order,
            decimal=layout.formats.decimal or reading.decimal,
            zone=layout.formats.zones.get(name, ""),
            cents=layout.formats.cents,
            epoch=epoch,
        )
        for name, reading in readings.items()
    }


def preset_format(settings: Settings, layout: Layout) -> ColumnFormat:
    """What the preset of one file alone says of how its cells are read."""
    return ColumnFormat(order="" if settings.order else layout.formats.order, decimal="" if settings.decimal else layout.formats.decimal)


def merge_presets(settings: Settings, shapes: Collection[Layout]) -> Settings:
    """What was said, and where it was not, what the presets of all files of a table say alike."""
    orders, decimals = {layout.formats.order for layout in shapes}, {layout.formats.decimal for layout in shapes}
    return settings._replace(
        order=settings.order or (orders.pop() if len(orders) == 1 else ""),
        decimal=settings.decimal or (decimals.pop() if len(decimals) == 1 else ""),
    )


def explain_format(column: Column, tally: FormatEvidence | None, used: ColumnFormat, settings: Settings) -> str:
    """How a column is read and what says so, in words for people."""
    return (tally.explain(user_format(settings), used) if tally else "") or column.kind.about


def shared_format(tallies: Iterable[FormatEvidence], settings: Settings) -> ColumnFormat:
    """What the user said or would have to say for all columns to be read as they are; '' where none needs it or they differ."""
    base = user_format(settings)
    found = [tally.resolve(base) for tally in tallies if not tally.ambiguity(base)]
    return base._replace(
        order=base.order or _only(each.order for each in found), decimal=base.decimal or _only(each.decimal for each in found)
    )


def _only(found: Iterable[str]) -> str:
    each = {*found} - {""}
    return each.pop() if len(each) == 1 else ""
