"""Errors that only all rows of a file, or of all files of a table, show together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from custmetrics_cli.core.errors import Choice, CustmetricsError, Place, Problem, pass_one
from custmetrics_cli.core.words import plural
from custmetrics_cli.ingest.check.file_progress import BAD, FileProgress
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.tables.shared.order_lines import ORDER_TOTALS, totals_question
from custmetrics_cli.tables.shared.rules import FileError


def check_files(plan: ReadPlan) -> None:
    """Check all files of a table together, then each file with enough rows. Raises CustmetricsError."""
    for check in plan.table.file_errors:
        enough = [progress for progress in plan.files if _combinations(check, progress).total() >= check.enough]
        problems = [*_check(check, plan, plan.files)] or [problem for each in enough for problem in _check(check, plan, [each])]
        if problems:
            raise CustmetricsError(*problems)


def check_bad_rows(plan: ReadPlan, most: Fraction) -> None:
    """Raises CustmetricsError E234 for a file with a larger share of bad rows."""
    problems = [
        Problem(
            "E234",
            f"{bad:,} of {plural(progress.rows, 'row')} are bad, more than --max-bad {float(100 * most):g}%",
            Place(progress.text_file.source.path),
            "run the command without --skip-bad-rows to see them",
        )
        for progress in plan.files
        if (bad := progress.skipped_by_scan[BAD]) > most * progress.rows
    ]
    if problems:
        raise CustmetricsError(*problems)


def check_rows_left(plan: ReadPlan) -> None:
    """Raises CustmetricsError E518 if every row is skipped, and a policy would keep some."""
    reasons = sum((progress.skipped_by_rule for progress in plan.files), Counter[str]())
    if any(progress.used for progress in plan.files):
        return
    kept_by = dict.fromkeys(
        kept
        for progress in plan.files
        for reason, kept in _kept_by(progress).items()
        if reasons[reason] and plan.policies[kept[0]] != kept[1]
    )
    if kept_by:
        raise CustmetricsError(_all_skipped(plan, reasons, [Choice(*each) for each in kept_by]))


def check_repeats(plan: ReadPlan) -> None:
    """Raises CustmetricsError E520 if an amount was read as the total of its order, and other rows of the order differ."""
    progress = next((progress for progress in plan.files if progress.layout.facts.get(ORDER_TOTALS.name)), None)
    if progress and plan.keys.differing:
        found = f"{plural(plan.keys.differing, 'row differs', 'rows differ')} in the amount from the first row of the order"
        raise CustmetricsError(totals_question(found, _place_of("amount", progress)))


def _kept_by(progress: FileProgress) -> dict[str, tuple[str, str]]:
    """Return the reasons to skip rows that a policy can switch off, with the policy and its value."""
    layout = progress.layout
    rules = {rule.reason: rule.kept_by for rule in layout.table.skip_rules}
    rules |= {rule.choice.aside: rule.choice.unless for rule in layout.preset_rules}
    return {reason: kept for reason, kept in rules.items() if kept[0]}


def _all_skipped(plan: ReadPlan, reasons: Mapping[str, int], choices: Sequence[Choice]) -> Problem:
    paths = [progress.text_file.source.path for progress in plan.files]
    counts = ", ".join(f"{count:,} {reason}" for reason, count in reasons.items() if count)
    message = f"no row of {plan.table.name} is used; skipped: {counts}"
    hint = f"to count these orders, for example those paid on delivery, {pass_one(choices)}"
    return Problem("E518", message, Place(paths[0] if len(paths) == 1 else plan.table.name), hint, choices=tuple(choices))


def _check(check: FileError, plan: ReadPlan, files: Sequence[FileProgress]) -> Iterator[Problem]:
    counts = sum((_combinations(check, progress) for progress in files), Counter[tuple[int, ...]]())
    if problem := check.problem(counts, {**plan.policies, **plan.check_context}):
        yield problem._replace(message=f"{check.column}: {problem.message}", place=_place(check, files[0]))


def _combinations(check: FileError, progress: FileProgress) -> Counter[tuple[int, ...]]:
    return Counter({numbers: n for (name, numbers), n in progress.combinations.items() if name == check.name})


def _place(check: FileError, progress: FileProgress) -> Place:
    return _place_of(check.column, progress)


def _place_of(column: str, progress: FileProgress) -> Place:
    return Place(progress.text_file.source.path, progress.layout.lines.header, progress.layout.columns.get(column, -1) + 1)
