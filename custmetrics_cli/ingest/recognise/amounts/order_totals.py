"""Totals of orders that every line of the order repeats: count them once, or ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from custmetrics_cli.core.errors import Choice, Place, Problem, pass_one
from custmetrics_cli.ingest.model import Remark
from custmetrics_cli.ingest.recognise.amounts.products import is_line_total
from custmetrics_cli.ingest.recognise.headers import Header
from custmetrics_cli.ingest.recognise.match_table import TableMatch
from custmetrics_cli.ingest.recognise.roles.sample import Sample
from custmetrics_cli.ingest.recognise.roles.words import split_words
from custmetrics_cli.tables.shared.order_lines import ONCE, ORDER_TOTALS, totals_question
from custmetrics_cli.tables.words import amounts

ENOUGH = 3  # orders that show a habit


class Totals(NamedTuple):
    """A match that knows how to count the amounts of an order, or the question that is open."""

    match: TableMatch
    problem: Problem | None = None


def apply_order_totals(match: TableMatch, header: Header, sample: Sample, policies: Mapping[str, str], place: Place) -> Totals:
    """Decide if the amount of an order is repeated on each of its lines. policies: as the user chose them."""
    order, amount = (match.columns.get(name, -1) for name in ("order_id", "amount"))
    if min(order, amount) < 0 or match.preset or ORDER_TOTALS.name in policies:
        return Totals(match)
    repeated = _repeated_amounts(sample.rows, order, amount)
    if not repeated or any(len(set(amounts)) > 1 for amounts in repeated) or is_line_total(match, sample, amount):
        return Totals(match)
    name = header.cells[amount]
    words = split_words(name)
    if amounts.ORDER_TOTAL.are_in(words) and not amounts.LINE_TOTAL.are_in(words):
        note = f"'{name}' is the total of an order; further lines of the order are skipped"
        return Totals(match._replace(facts={**match.facts, ORDER_TOTALS.name: ONCE}, notes=(*match.notes, note)))
    if len(repeated) >= ENOUGH:
        return Totals(match, totals_question(f"each of {len(repeated)} orders repeats one '{name}' on its lines", place))
    doubt = f"purchases: the lines of an order hold one '{name}', and each line counts; for the total of the order {_pass_once()}"
    return Totals(match._replace(remarks=(*match.remarks, Remark("W264", doubt))))


def _pass_once() -> str:
    return pass_one([Choice(ORDER_TOTALS.name, ONCE)])


def _repeated_amounts(rows: Sequence[Sequence[str]], order: int, amount: int) -> list[list[str]]:
    """Return the amounts of each order that has several, without refunds."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row[order] and row[amount] and not row[amount].startswith(("-", "−", "(")):
            found[row[order]].append(row[amount])
    return [texts for texts in found.values() if len(texts) > 1]
