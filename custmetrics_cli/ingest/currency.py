"""Currencies of amounts: the header, the currency column and the cells must agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.parsing.currencies import SHARED, currency_name, is_code, possible_currencies
from custmetrics_cli.columns.parsing.number_evidence import MoneyEvidence
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.parse.formats import EvidenceByColumn
from custmetrics_cli.ingest.places import locate


def check_currencies(plan: ReadPlan, evidence: Mapping[int, EvidenceByColumn]) -> None:
    """Raises CustmetricsError E322 where the currency column contradicts the header, E338 where cells of amounts do."""
    problems = [problem for progress in plan.files for problem in _contradictory_header(progress)]
    problems += [problem for file, found in evidence.items() for problem in _contradictory_cells(plan, plan.files[file], found)]
    if problems:
        raise CustmetricsError(*problems)


def mixed_currencies(plan: ReadPlan, evidence: EvidenceByColumn) -> Iterator[tuple[Problem, tuple[str, str]]]:
    """Yield a problem for each column whose cells name several currencies, where there is no currency column; and a text that shows it."""
    if any(column.is_currency and column.name in plan.present for column in plan.table.columns):
        return
    for column, texts in _currency_texts(plan, evidence):
        if len(texts) > 1:
            amounts = " and ".join(repr(texts[currency]) for currency in sorted(texts))
            hint = "put the currency into a column named currency, and use --currency EUR --fx rates.csv"
            yield Problem("E337", f"{column}: {amounts} are in different currencies", hint=hint), (column, texts[max(texts)])


def _currency_texts(plan: ReadPlan, evidence: EvidenceByColumn) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the columns of amounts whose cells may name a currency, with a text for each currency."""
    for column in plan.table.columns:
        found = evidence.get(column.name) if column.kind is MONEY else None
        yield column.name, found.signs if isinstance(found, MoneyEvidence) else {}


def _contradictory_cells(plan: ReadPlan, progress: FileProgress, evidence: EvidenceByColumn) -> Iterator[Problem]:
    known = {name for name in map(currency_name, progress.currencies) if is_code(name) or name in SHARED}
    possible = frozenset[str]().union(*map(possible_currencies, known))
    for column, texts in _currency_texts(plan, evidence):
        others = [text for sign, text in sorted(texts.items()) if possible.isdisjoint(possible_currencies(sign))] if known else []
        if others:
            message = f"{column}: {others[0]!r} is not in {' or '.join(sorted(known))}, the currency of its column or header"
            hint = "correct the amount or the currency: amounts are in the currency of the currency column, else of the header"
            yield locate(Problem("E338", message, hint=hint), [progress], column, others[0])


def _contradictory_header(progress: FileProgress) -> Iterator[Problem]:
    layout = progress.layout
    for name, header_currency in layout.substitutes.constants.items():
        if not (layout.table.by_name[name].is_currency and name in layout.columns and is_code(currency_name(header_currency))):
            continue
        codes = [word for word in sorted(progress.currencies) if is_code(currency_name(word))]
        others = [word for word in codes if currency_name(word) != currency_name(header_currency)]
        if others:
            column = layout.header[layout.columns[name]]
            message = f"the header of the amounts contains {header_currency}, but the column '{column}' contains {others[0]}"
            hint = f"correct the header; or if the amounts are in {header_currency}, ignore the column: --column {name}="
            yield Problem("E322", message, Place(progress.text_file.source.path, layout.lines.header, layout.columns[name] + 1), hint)
