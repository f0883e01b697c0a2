"""The currency that the heading of amounts names, held against what the rows say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from custmetrics_cli.columns.currency import is_code, meant, named
from custmetrics_cli.columns.money import MONEY, MoneyEvidence
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.parse.formats import EvidenceByColumn


def check_currencies(plan: ReadPlan, tallies: EvidenceByColumn) -> None:
    """Raises CustmetricsError E322 where the two differ, E338 where cells of amounts do: which of them amounts are in is not guessed."""
    problems = [problem for progress in plan.files for problem in _contrary(progress)]
    problems += _otherwise(plan, tallies)
    if problems:
        raise CustmetricsError(*problems)


def mixed_currencies(plan: ReadPlan, tallies: EvidenceByColumn) -> Iterator[tuple[Problem, tuple[str, str]]]:
    """Amounts that name several currencies in their cells, where no column says which: each with a cell that shows it."""
    if any(column.is_currency and column.name in plan.present for column in plan.table.columns):
        return
    for column, signs in _signs(plan, tallies):
        if len(signs) > 1:
            said = " and ".join(repr(signs[name]) for name in sorted(signs))
            hint = "put the currency into a column of its own, called currency, and say --currency EUR --fx rates.csv"
            yield Problem("E337", f"{column}: {said} are amounts in several currencies", hint=hint), (column, signs[max(signs)])


def _signs(plan: ReadPlan, tallies: EvidenceByColumn) -> Iterator[tuple[str, Mapping[str, str]]]:
    """What cells of amounts say: by column, currency -> a text."""
    for column in plan.table.columns:
        tally = tallies.get(column.name) if column.kind is MONEY else None
        yield column.name, tally.signs if isinstance(tally, MoneyEvidence) else {}


def _otherwise(plan: ReadPlan, tallies: EvidenceByColumn) -> Iterator[Problem]:
    """Amounts in a currency of which no row is, by what the column or the heading says."""
    from custmetrics_cli.ingest.repair.scan import located

    known = {named(word) for word in plan.currencies if is_code(named(word))}
    for column, signs in _signs(plan, tallies):
        odd = [text for sign, text in sorted(signs.items()) if known.isdisjoint(meant(sign))] if known else []
        if odd:
            message = f"{column}: {odd[0]!r} is not an amount in {' or '.join(sorted(known))}, which its currency is said to be"
            hint = "correct the one that is wrong: amounts are in what the column of currencies says, or else the heading"
            yield Problem("E338", message, hint=hint)._replace(**located(plan, column, odd[0]))


def _contrary(progress: FileProgress) -> Iterator[Problem]:
    layout = progress.layout
    for name, said in (
        (name, said) for name, said in layout.header_values.items() if layout.table.by_name[name].is_currency and name in layout.columns
    ):
        others = [
            word for word in sorted(progress.currencies) if is_code(named(word)) and is_code(named(said)) and named(word) != named(said)
        ]
        if others:
            column = layout.header[layout.columns[name]]
            message = f"the heading of amounts says {said}, but the column '{column}' says {others[0]}"
            hint = f"correct the heading, or if amounts are in {said}, leave '{column}' unread: --column {name}="
            yield Problem("E322", message, Place(progress.text_file.source.path, layout.header_line, layout.columns[name] + 1), hint)
