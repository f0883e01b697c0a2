"""The formats of columns (date order, decimal mark, time zone): decided once per column, for all files of a table.

A format that neither the texts nor the user settle is never guessed: the error shows both readings.
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
    """Return the evidence so far with that of some cells. known: the format that the preset of their file sets; it proves nothing."""
    evidence = dict(so_far)
    for column in table.columns:
        if column.kind.gather and column.name in cells:
            added = gather_evidence(column.kind.gather, cells[column.name]).discount(known)
            evidence[column.name] = evidence[column.name] + added if column.name in evidence else added
    return evidence


def user_format(settings: Settings, end: bool = False, late: bool = False) -> ColumnFormat:
    """Return the format as far as the user set it. end, late: as in Column."""
    return ColumnFormat(
        order=settings.order,
        decimal=settings.decimal,
        tz=None if settings.tz == "UTC" else ZoneInfo(settings.tz),
        end=end or late,
        inclusive=end and settings.ends == "inclusive",
    )


def resolve_formats(table: Table, evidence: EvidenceByColumn, settings: Settings) -> Formats:
    """Return the format of each column. An ambiguous one is resolved somehow: ask `ambiguous_columns` before using it."""
    base = {column.name: user_format(settings, column.is_end, column.rounds_up) for column in table.columns}
    return base | {name: each.resolve(base[name]) for name, each in evidence.items()}


def ambiguous_columns(evidence: EvidenceByColumn, settings: Settings) -> Iterator[tuple[Problem, tuple[str, str]]]:
    """Yield a problem for each column that can be read in two ways, with the column and a text that shows it."""
    for name, each in evidence.items():
        if ambiguity := each.ambiguity(user_format(settings)):
            message = f"{name}: {each.sample!r} is {each.interpretations}; no cell of the column settles it"
            problem = Problem(ambiguity.code, message, hint=pass_one(ambiguity.choices), choices=ambiguity.choices)
            yield problem, (name, each.sample)


def for_file(formats: Formats, layout: Layout) -> Formats:
    """Return the formats for one file: with the time zones of its header, and what its preset sets."""
    epoch = layout.preset is not None and layout.preset.epoch
    return {
        name: each._replace(
            order=layout.formats.order or each.order,
            decimal=layout.formats.decimal or each.decimal,
            zone=layout.formats.zones.get(name, ""),
            cents=layout.formats.cents,
            epoch=epoch,
        )
        for name, each in formats.items()
    }


def preset_format(settings: Settings, layout: Layout) -> ColumnFormat:
    """Return the format that the preset of one file sets, where the user does not."""
    return ColumnFormat(order="" if settings.order else layout.formats.order, decimal="" if settings.decimal else layout.formats.decimal)


def merge_presets(settings: Settings, layouts: Collection[Layout]) -> Settings:
    """Return the settings, completed by what the presets of all files of a table agree on."""
    orders, decimals = {layout.formats.order for layout in layouts}, {layout.formats.decimal for layout in layouts}
    return settings._replace(
        order=settings.order or (orders.pop() if len(orders) == 1 else ""),
        decimal=settings.decimal or (decimals.pop() if len(decimals) == 1 else ""),
    )


def explain_format(column: Column, evidence: FormatEvidence | None, used: ColumnFormat, settings: Settings) -> str:
    """Return how a column is read and why, in words."""
    return (evidence.explain(user_format(settings), used) if evidence else "") or column.kind.about


def shared_format(evidence: Iterable[FormatEvidence], settings: Settings) -> ColumnFormat:
    """Return the format that the user set, or could set for all columns at once; '' where columns need none or differ."""
    base = user_format(settings)
    formats = [each.resolve(base) for each in evidence if not each.ambiguity(base)]
    return base._replace(
        order=base.order or _only(each.order for each in formats), decimal=base.decimal or _only(each.decimal for each in formats)
    )


def _only(texts: Iterable[str]) -> str:
    distinct = {*texts} - {""}
    return distinct.pop() if len(distinct) == 1 else ""
