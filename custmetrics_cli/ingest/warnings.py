"""What the reader of a number should know about the files behind it: nothing wrong, but suspicious."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from custmetrics_cli.columns.status import STATUS
from custmetrics_cli.core.errors import Problem
from custmetrics_cli.core.result import Listing, Notice
from custmetrics_cli.ingest.check.file_progress import BAD, FileProgress
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.model import Layout, TextFile
from custmetrics_cli.ingest.observations import Observations
from custmetrics_cli.ingest.parse.column_keys import SPLIT
from custmetrics_cli.ingest.recognise import match_preset

CUT = (100, 1_000, 10_000)  # rows at which exports are cut off
FEW = 3  # examples named
SIMILAR = "similar_ids"

Alike = Sequence[tuple[str, ...]]


def file_warnings(
    plans: Sequence[ReadPlan], observations: Mapping[str, Observations], alike: Alike
) -> tuple[tuple[Notice, ...], dict[str, Listing]]:
    """The warnings, and the rows behind those that can be listed."""
    said = [warned for plan in plans for warned in (*_files(plan), *_states(plan, observations[plan.table.name]))]
    if not alike:
        return tuple(said), {}
    size = max(map(len, alike))
    means = "ids that differ only by case or by the space around them"
    listing = Listing(
        SIMILAR, means, tuple(f"customer_id_{n}" for n in range(1, size + 1)), [(*ids, *[None] * (size - len(ids))) for ids in alike]
    )
    shown = "; ".join(" and ".join(map(repr, ids)) for ids in alike[:FEW]) + ("; …" if len(alike) > FEW else "")
    count = f"{len(alike):,} {'ids are' if len(alike) > 1 else 'id is'}"
    warned = Notice(
        "W202", f"{count} written in several ways that differ only by case or space, and counted as different: {shown}", SIMILAR
    )
    return (*said, warned), {SIMILAR: listing}


def ignored_files(aside: Sequence[Problem]) -> list[Notice]:
    """Files of a folder that are no table: none of their rows is anywhere in the answer."""
    if not aside:
        return []
    paths = ", ".join(problem.place.path for problem in aside)
    many = f"{len(aside)} files are no table" if len(aside) > 1 else "a file is no table"
    return [Notice("W207", f"{many} known here and left out: {paths} (see custmetrics inspect)")]


def preset_warnings(files: Iterable[tuple[TextFile, Layout]]) -> Iterator[Notice]:
    """What should be known of how files were understood."""
    for plain, layout in files:
        if layout.preset and layout.preset.experimental:
            words = f"is read by an experimental preset, {layout.preset.name} ({layout.preset.vendor}): its headings are not confirmed"
            yield Notice("W230", f"{plain.source.path} {words}; check with custmetrics inspect")
        for said in match_preset.warnings(layout):
            yield Notice("W233", f"{plain.source.path}: {said}")
        for other in layout.other_tables:
            yield Notice("W232", f"{plain.source.path}: {other}")


def _files(plan: ReadPlan) -> Iterator[Notice]:
    for progress in plan.files:
        path, rows = progress.text_file.source.path, progress.rows
        if rows in CUT:
            yield Notice("W201", f"{path} has exactly {rows:,} rows: the export may have been cut off")
        if progress.truncation and not progress.truncation.is_certain:
            lacks = f"the row there has no {_last(progress)}: if the file was cut off, it may have had one"
            message = f"{path} does not end its last line, and {lacks}"
            yield Notice("W218", message)
        if progress.fallback_ids:
            have = "rows have" if progress.fallback_ids > 1 else "row has"
            words = "what stands in its place may name again whom another row names by the id"
            yield Notice("W231", f"{path}: {progress.fallback_ids:,} {have} no {plan.id.name if plan.id else ''}: {words}")
        if progress.skipped_by_scan[BAD]:
            yield Notice("W205", f"{path}: bad rows were set aside, {progress.skipped_by_scan[BAD]:,} of {rows:,}")


def _last(progress: FileProgress) -> str:
    """The column in which the file ends."""
    return next(
        (
            name.removeprefix(SPLIT)
            for name, at in progress.csv_part.positions.items()
            if progress.truncation and at == progress.truncation.at
        ),
        "",
    )


def _states(plan: ReadPlan, observations: Observations) -> Iterator[Notice]:
    state = next((column.name for column in plan.table.columns if column.kind is STATUS and column.name in plan.present), "")
    if observations.unknown_states:
        common = [word for word, _ in sorted(observations.unknown_states.items(), key=lambda item: (-item[1], item[0]))]
        shown = ", ".join(map(repr, common[:FEW])) + (", …" if len(common) > FEW else "")
        rows = observations.unknown_states.total()
        have = "rows have" if rows > 1 else "row has"
        yield Notice("W203", f"{plan.table.name}: {rows:,} {have} a {state} nobody knows, taken as running: {shown}")
    for doubt, rows in (+observations.warnings).items():
        many = f"{rows:,} {'rows are' if rows > 1 else 'row is'}"
        yield Notice(doubt.code, f"{plan.table.name}: {doubt.message.format(n=many)}")
    ended = observations.has_ends or any(
        progress.skipped_by_rule[rule.reason] for rule in plan.table.skip_rules if rule.ended for progress in plan.files
    )
    if state and not ended and any(progress.rows for progress in plan.files):
        yield Notice("W206", f"{plan.table.name}: no row has ended; the export may hold current customers only")
