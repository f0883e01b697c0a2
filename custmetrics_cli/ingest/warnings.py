"""Warnings about files: nothing is wrong, but something is suspicious."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from custmetrics_cli.columns.status import STATUS
from custmetrics_cli.core.errors import quote_for_shell
from custmetrics_cli.core.result import Listing, Notice
from custmetrics_cli.core.words import plural
from custmetrics_cli.ingest.check.file_progress import BAD, FileProgress
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.model import Layout, Remark, TextFile
from custmetrics_cli.ingest.observations import Observations
from custmetrics_cli.ingest.parse.column_keys import SPLIT
from custmetrics_cli.ingest.recognise import match_preset
from custmetrics_cli.tables.shared.rules import ROLE
from custmetrics_cli.tables.words.identities import NAME

ROW_LIMITS = (100, 1_000, 10_000)  # rows at which tools cut exports off
MANY_BAD = 5  # percent
SHOWN = 3  # examples in a message
SIMILAR = "similar_ids"

SimilarIds = Sequence[tuple[str, ...]]


def file_warnings(
    plans: Sequence[ReadPlan], observations: Mapping[str, Observations], similar_ids: SimilarIds
) -> tuple[tuple[Notice, ...], dict[str, Listing]]:
    """Return the warnings, and the rows behind those that can be listed."""
    notices = [notice for plan in plans for notice in (*_of_files(plan), *_of_rows(plan, observations[plan.table.name]))]
    if not similar_ids:
        return tuple(notices), {}
    return (*notices, _similar_ids_warning(similar_ids)), {SIMILAR: _similar_ids_list(similar_ids)}


def _similar_ids_warning(similar_ids: SimilarIds) -> Notice:
    shown = "; ".join(" and ".join(map(repr, ids)) for ids in similar_ids[:SHOWN]) + ("; …" if len(similar_ids) > SHOWN else "")
    count = plural(len(similar_ids), "customer id is", "customer ids are")
    message = f"{count} written in several ways that differ only by case or space, and counted as different customers: {shown}"
    return Notice("W202", message, SIMILAR)


def _similar_ids_list(similar_ids: SimilarIds) -> Listing:
    size = max(map(len, similar_ids))
    columns = tuple(f"customer_id_{number}" for number in range(1, size + 1))
    rows = [(*ids, *[None] * (size - len(ids))) for ids in similar_ids]
    return Listing(SIMILAR, "ids that differ only by case or surrounding space", columns, rows)


def preset_warnings(files: Iterable[tuple[TextFile, Layout]]) -> Iterator[Notice]:
    """Yield warnings about how files were recognised."""
    for text_file, layout in files:
        path = text_file.source.path
        if layout.preset and layout.preset.experimental:
            preset = f"the experimental preset {layout.preset.name} ({layout.preset.vendor})"
            yield Notice("W230", f"{path} was read with {preset}, whose headers are not confirmed; check it with custmetrics inspect")
        yield from _of_names(path, layout)
        for warning in match_preset.missing_column_warnings(layout):
            yield Notice("W233", f"{path}: {warning}", is_decisive=True)
        yield from remark_notices(path, layout.remarks.warnings)
        for other in layout.remarks.other_tables:
            yield Notice("W232", f"{path}: {other}")


def remark_notices(path: str, remarks: Iterable[Remark]) -> Iterator[Notice]:
    """Yield doubts about a file as warnings."""
    for remark in remarks:
        yield Notice(remark.code, f"{path}: {remark.text}", is_decisive=True)


def _of_names(path: str, layout: Layout) -> Iterator[Notice]:
    """Yield a warning if a name identifies the customers of orders."""
    for column in layout.table.columns:
        if column.nobody and layout.roles.get(f"{ROLE}{column.name}") == NAME:
            header = layout.names[layout.columns[column.name]]
            yield Notice(
                "W263", f"{path}: the name in '{header}' identifies the customer, but two customers can have one name", is_decisive=True
            )


def _of_files(plan: ReadPlan) -> Iterator[Notice]:
    for progress in plan.files:
        path, rows = progress.text_file.source.path, progress.rows
        yield from remark_notices(progress.text_file.source.path, progress.remarks)
        if not rows and any(other.rows for other in plan.files):
            yield Notice("W286", f"{path} has a header, but no rows, unlike other files of {plan.table.name}", is_decisive=True)
        if rows in ROW_LIMITS:
            yield Notice("W201", f"{path} has exactly {plural(rows, 'row')}: the export may be truncated", is_decisive=True)
        if progress.truncation and not progress.truncation.is_certain:
            empty = f"its last row has no {_last_column(progress)}"
            yield Notice("W218", f"{path} does not end its last line, and {empty}: the file may be truncated", is_decisive=True)
        if progress.fallback_ids:
            count = plural(progress.fallback_ids, "row has", "rows have")
            risk = "another column was used instead, so a customer may be counted twice"
            yield Notice("W231", f"{path}: {count} no {plan.id.name if plan.id else 'id'}; {risk}", is_decisive=True)
        if nuls := progress.text_file.nuls:
            yield Notice(
                "W266", f"{path}: {plural(nuls, 'NUL byte')} inside the text {'was' if nuls == 1 else 'were'} left out; check the export"
            )
        for name, rounding in progress.rounding.items():
            if rounding.matters:
                yield Notice("W265", f"{path}: {name}: {rounding.describe()}")
        if bad := progress.skipped_by_scan[BAD]:
            many = f"; more than {MANY_BAD} % of the rows are bad, so check the export" if 100 * bad > MANY_BAD * rows else ""
            yield Notice("W205", f"{path}: {bad:,} of {plural(rows, 'row')} skipped because of errors{many}", is_decisive=True)


def _last_column(progress: FileProgress) -> str:
    """Return the column in which the file ends."""
    at = progress.truncation.at if progress.truncation else -1
    return next((key.removeprefix(SPLIT) for key, position in progress.csv_part.positions.items() if position == at), "")


def _of_rows(plan: ReadPlan, observations: Observations) -> Iterator[Notice]:
    table = plan.table.name
    status = next((column.name for column in plan.table.columns if column.kind is STATUS and column.name in plan.present), "")
    yield from _of_unknown_words(plan, observations)
    yield from _of_skipped_rows(plan)
    for warning, rows in (+observations.warnings).items():
        yield Notice(warning.code, f"{table}: {warning.message.format(n=plural(rows, 'row is', 'rows are'))}")
    if status and not _some_rows_ended(plan, observations) and any(progress.rows for progress in plan.files):
        yield Notice("W206", f"{table}: no row has an end date; the export may contain only current customers")


def _of_unknown_words(plan: ReadPlan, observations: Observations) -> Iterator[Notice]:
    """Yield a warning for each column with words that its kind does not know."""
    for column in plan.table.columns:
        unknown = column.kind.unknown
        words = {word: rows for (name, word), rows in observations.unknown_words.items() if name == column.name}
        if words and unknown:
            name, common = column.name.replace("_", " "), sorted(words, key=lambda word: (-words[word], word))
            shown = ", ".join(map(repr, common[:SHOWN])) + (", …" if len(common) > SHOWN else "")
            count = plural(sum(words.values()), f"row has an unknown {name}", f"rows have an unknown {name}")
            hint = f"; to leave out such rows: --where {quote_for_shell(f'{column.name} != {common[0]}')}" if unknown.can_skip else ""
            yield Notice(unknown.code, f"{plan.table.name}: {count}, counted as {unknown.counted_as}: {shown}{hint}", is_decisive=True)


def _of_skipped_rows(plan: ReadPlan) -> Iterator[Notice]:
    """Yield a warning for each reason to skip rows that is in doubt."""
    for rule in plan.table.skip_rules:
        rows, (code, message) = sum(progress.skipped_by_rule[rule.reason] for progress in plan.files), rule.doubt
        if code and rows:
            yield Notice(code, f"{plan.table.name}: {message.format(n=plural(rows, 'row is', 'rows are'))}", is_decisive=True)


def _some_rows_ended(plan: ReadPlan, observations: Observations) -> bool:
    reasons = [rule.reason for rule in plan.table.skip_rules if rule.means_ended]
    return observations.has_ends or any(progress.skipped_by_rule[reason] for reason in reasons for progress in plan.files)
