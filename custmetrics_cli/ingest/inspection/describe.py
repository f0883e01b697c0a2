"""Describe an inspected file as a value: its format, its columns, its rows and its problems."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from custmetrics_cli.core.inspection import InspectedColumn, Inspection
from custmetrics_cli.core.time.calendar import day_of
from custmetrics_cli.core.words import plural
from custmetrics_cli.ingest.inspection.file_inspection import DatedProgress, FileInspection
from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.parse.formats import FormattedFile, TableEvidence
from custmetrics_cli.ingest.recognise.match_preset import column_fates, describe_preset, missing_column_help
from custmetrics_cli.ingest.settings import Settings


def describe_file(file: FileInspection, settings: Settings) -> Inspection:
    """Return the description of a file. Parts that could not be read stay empty."""
    encoding = file.text_file.encoding if file.text_file else ""
    problems = tuple(file.problems)
    description = Inspection(file.path, encoding=encoding, problems=problems, total=file.total, may_be_skipped=file.may_be_skipped)
    if file.layout:
        description = _with_layout(description, file, file.layout, settings)
    return _with_rows(description, file.progress) if file.layout and file.progress else description


def _with_layout(description: Inspection, file: FileInspection, layout: Layout, settings: Settings) -> Inspection:
    table, preset = layout.table, layout.preset
    is_typed = file.text_file is not None and file.text_file.is_typed
    available = {*layout.columns, *layout.substitutes.constants}
    return description._replace(
        table=table.name,
        delimiter="" if is_typed else layout.dialect.delimiter,
        quote="" if is_typed else layout.dialect.quote,
        header_line=layout.lines.header,
        headers=tuple(_describe_columns(file, layout, settings)),
        absent=tuple(column.name for column in table.columns if column.name not in layout.columns and not column.fit),
        answers=table.answerable(available, table.policy_values(settings.policies)),
        notes=(*layout.remarks.notes, *(preset.notes if preset else ())),
        preset=preset.name if preset else "",
        preset_description=describe_preset(preset) if preset else "",
        missing_column_help=missing_column_help([layout]),
        surveys=_surveys(layout),
        last_day=None if file.last_day is None else day_of(file.last_day),
    )


def _with_rows(description: Inspection, progress: DatedProgress) -> Inspection:
    skipped = dict(+(progress.skipped_by_scan + progress.skipped_by_rule))
    currencies = tuple(sorted(word for word in progress.currencies if word))
    return description._replace(read=progress.rows, used=progress.used, excluded=skipped, currencies=currencies)


def _surveys(layout: Layout) -> frozenset[str] | None:
    """Return the kind of survey in the question's header; None if a column gives it, or if the file is not a survey."""
    rule, constants = layout.table.questions, layout.substitutes.constants
    return frozenset([constants[rule.kind]]) if rule and rule.kind in constants else None


def _describe_columns(file: FileInspection, layout: Layout, settings: Settings) -> Iterator[InspectedColumn]:
    columns, fates = {at: name for name, at in layout.columns.items()}, column_fates(layout)
    evidence = file.evidence or TableEvidence(layout.table, settings, [FormattedFile(file.path, layout)])
    for at, header in enumerate(layout.names):
        if at in columns:
            column = layout.table.by_name[columns[at]]
            text = evidence.explain(file.number, column) + _rounded(file, column.name)
            by = layout.remarks.found_by.get(column.name, "name")
            yield InspectedColumn(header, column.name, text, *_first_and_last_day(file, column.name), by)
        else:
            yield InspectedColumn(header, fate=fates.get(at, ""))


def _rounded(file: FileInspection, column: str) -> str:
    """Return how many amounts of a column were rounded."""
    rounding = file.progress.rounding.get(column) if file.progress else None
    return f"; {plural(rounding.rows, 'amount')} with too many decimals, rounded" if rounding and rounding.rows else ""


def _first_and_last_day(file: FileInspection, column: str) -> tuple[date | None, date | None]:
    days = file.progress.days.get(column) if file.progress else None
    return (day_of(days[0]), day_of(days[1])) if days else (None, None)
