"""Evidence that a file with a date and an amount is a list of costs, and not of money that came in."""

from __future__ import annotations

from collections.abc import Sequence

from custmetrics_cli.core.errors import Choice, Place, Problem
from custmetrics_cli.ingest.recognise.headers import Header
from custmetrics_cli.ingest.recognise.match_table import TableMatch
from custmetrics_cli.ingest.recognise.roles.sample import Sample
from custmetrics_cli.ingest.recognise.roles.words import split_words
from custmetrics_cli.tables.words import spending as words

EMAIL = "@"
MOST_OTHERS = 10  # one cell in ten may be something else


def why_not_costs(match: TableMatch, header: Header, sample: Sample, path: str, line: int) -> Problem | None:
    """Return E328 if a file was matched with costs, but may be a list of sales."""
    if match.table.name != "costs" or match.preset:
        return None
    customers = [name for at, name in enumerate(header.cells) if name and _is_customer(name, sample, at)]
    message = _doubt(match, header, path, customers)
    if not message:
        return None
    choices = (Choice("column", f"customer_id={customers[0]}"),) if customers else ()
    hint = f"pass purchases={path} {choices[0]}, or costs={path}" if choices else f"pass costs={path} if it lists costs"
    return Problem("E328", message, Place(path, line), hint, choices=choices)


def why_not_purchases(match: TableMatch, header: Header, path: str, line: int) -> Problem | None:
    """Return E319 if a file was matched with purchases, but names sellers and nothing that was ordered."""
    if match.table.name != "purchases" or match.preset:
        return None
    sellers = [name for name in header.cells if words.SELLER.are_in(split_words(name))]
    if not sellers or any(words.ORDERED.are_in(split_words(name)) for name in header.cells):
        return None
    message = f"this may be money that was spent, not paid by customers: it has the column '{sellers[0]}'"
    return Problem("E319", message, Place(path, line), f"pass costs={path}, or purchases={path}")


def _doubt(match: TableMatch, header: Header, path: str, customers: Sequence[str]) -> str:
    if customers:
        return f"this may be money from customers, not a cost: it has the column '{customers[0]}'"
    is_advertising = any(words.ADVERTISING.are_in(split_words(name)) for name in header.cells)
    if not is_advertising and any(words.INCOME.are_in(split_words(name)) for name in header.cells):
        return "this may be money from customers, not a cost"
    if {"category", "channel"}.isdisjoint(match.columns) and not _has_spending_word(header, path):
        return "nothing shows if the amounts were spent or received: there is only a date and an amount"
    return ""


def _is_customer(name: str, sample: Sample, at: int) -> bool:
    if words.CUSTOMER.are_in(split_words(name)) and not words.NOT_CUSTOMER.are_in(split_words(name)):
        return True
    cells = sample.distinct(at)
    return bool(cells) and sum(EMAIL in cell and " " not in cell for cell in cells) * MOST_OTHERS >= len(cells) * (MOST_OTHERS - 1)


def _has_spending_word(header: Header, path: str) -> bool:
    return any(words.SPENDING.are_in(split_words(name)) for name in (*header.cells, path.rpartition("/")[2]))
