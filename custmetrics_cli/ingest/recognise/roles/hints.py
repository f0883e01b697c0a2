"""The headers to propose for a missing column: only those whose cells fit, the best first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.text import ID
from custmetrics_cli.core.errors import Choice
from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate
from custmetrics_cli.ingest.recognise.headers import normalise
from custmetrics_cli.ingest.recognise.roles.sample import Sample
from custmetrics_cli.ingest.recognise.roles.words import has_foreign_word, rank_for, split_words
from custmetrics_cli.tables.shared.column import Column
from custmetrics_cli.tables.words import amounts, orders, people

MOST = 3  # headers proposed for one column
LEAST_FIT = 0.9
WORST = 99  # the rank of a header without a word of the role
LONGEST_CELL = 40  # characters that a hint shows


def proposals(column: Column, candidate: HeaderCandidate, sample: Sample) -> list[Choice]:
    """Return the unused headers whose cells fit a column, the best first, each with a sample cell as its label."""
    used = set(candidate.match.columns.values())
    unused = [at for at, name in enumerate(candidate.header) if name and at not in used]
    free = [at for at in unused if _fits(column, candidate.header[at], at, sample)]
    if not free and column.kind is MONEY:  # whole numbers may be amounts, too
        free = [at for at in unused if _may_be_whole_money(candidate.header[at], at, sample)]
    names = frozenset(map(normalise, column.names))
    best = sorted(free, key=lambda at: _order(column, candidate.header[at], at, sample, names))
    return [Choice("column", f"{column.name}={candidate.header[at]}", sample.distinct(at)[0][:LONGEST_CELL]) for at in best[:MOST]]


def help_with_ends(candidate: HeaderCandidate, sample: Sample) -> Iterator[tuple[str, str]]:
    """Yield each end that a file lacks, with the headers that may hold it."""
    table, columns = candidate.match.table, candidate.match.columns
    ends = [column for column in table.columns if column.is_end]
    if not ends or any(column.name in columns for column in ends):
        return
    replacing = _replacing(ends[0], candidate)
    if replacing:
        yield ends[0].name, f"pass {', or '.join(f'{choice}, so that {choice.label} is the end' for choice in replacing)}"
        return
    choices = proposals(ends[0], candidate, sample)
    lacking = f"export it with {ends[0].name}; no other column holds days"
    yield ends[0].name, "".join(pasteable([choices])) if choices else lacking


def _replacing(end: Column, candidate: HeaderCandidate) -> list[Choice]:
    """Return the values of policies by which another day of the file is the end, such as the cancellation."""
    table, columns = candidate.match.table, candidate.match.columns
    values = [(policy.name, *value) for policy in table.policies if policy.replaces == end.name for value in policy.values.items()]
    return [Choice(name, value, repr(candidate.header[columns[column]])) for name, value, column in values if column in columns]


def _fits(column: Column, name: str, at: int, sample: Sample) -> bool:
    """Return whether the cells of a header fit a column, and are not of a more special kind."""
    if not sample.distinct(at) or (column.words and has_foreign_word(name, column.words)):
        return False
    if column.kind is ID and column.nobody and rank_for(name, column) is None and orders.NOT_BUYER.are_in(split_words(name)):
        return False
    if column.kind is ID:
        return not _is_of_other_kind(name, at, sample)
    if column.kind is MONEY and not _may_be_money(name, at, sample):
        return False
    return (sample.fit(at, column.kind) or 0) >= LEAST_FIT


def _is_of_other_kind(name: str, at: int, sample: Sample) -> bool:
    """Return whether a column is a day, an amount, or a place or a state of the customer."""
    words = split_words(name)
    if people.NOT_PERSON.are_in(words):
        return True
    is_day = (sample.fit(at, DAY) or 0) >= LEAST_FIT
    has_decimals = any("." in cell or "," in cell for cell in sample.distinct(at))
    return is_day or (has_decimals and (sample.fit(at, MONEY) or 0) >= LEAST_FIT)


def _may_be_money(name: str, at: int, sample: Sample) -> bool:
    """Return whether the header names money, or a cell has a fraction or a sign. Whole numbers may be counts."""
    words = split_words(name)
    if people.IDENTIFIERS.are_in(words):
        return False
    return amounts.MONEY.are_in(words) or any(not cell.isdigit() for cell in sample.distinct(at))


def _may_be_whole_money(name: str, at: int, sample: Sample) -> bool:
    """Return whether a column of whole numbers may hold amounts. Its header names no count, no id and no other kind of number."""
    is_other = (people.IDENTIFIERS + amounts.NOT_MONEY).are_in(split_words(name))
    return bool(sample.distinct(at)) and not is_other and (sample.fit(at, MONEY) or 0) >= LEAST_FIT


def _order(column: Column, name: str, at: int, sample: Sample, names: frozenset[str]) -> tuple[float, ...]:
    """Return the sort key of a header: the rank of its words, then e-mails, many different cells, and a similar name."""
    rank = rank_for(name, column)
    cells = sample.column(at)
    is_email = column.kind is ID and all("@" in cell for cell in cells if cell)
    distinct = len(sample.distinct(at)) / max(len(cells), 1) if column.kind is ID else 0.0
    similarity = max(_similarity(normalise(name), word) for word in names)
    is_row_number = column.kind is ID and distinct == 1 and people.IDENTIFIERS.are_in(split_words(name))
    return (rank if rank is not None else WORST, is_row_number, -is_email, -distinct, -similarity, at)


def _similarity(header: str, word: str) -> float:
    return SequenceMatcher(None, header, word).ratio()


def no_buyer(columns: Iterable[Column], candidate: HeaderCandidate, others: Iterable[list[Choice]] = ()) -> str:
    """Return what to do if no header may name the buyer; '' if that is not the question. others: headers of other missing columns."""
    if not any(column.kind is ID and column.nobody for column in columns):
        return ""
    order = candidate.match.columns.get("order_id")
    if order is None:
        return "the file names no buyer, and all metrics of purchases need one, revenue too; export it with a column of the buyer"
    options = " ".join(map(str, (Choice("column", f"customer_id={candidate.header[order]}"), *(each[0] for each in others if each))))
    return (
        "the file names no buyer, so buyers, churn and cohorts have no answer; "
        f"for revenue, orders and aov alone, count each order as a buyer: {options}"
    )


def pasteable(columns: list[list[Choice]]) -> Iterator[str]:
    """Yield the hint: one option for each missing column, their sample cells, and the other headers that fit."""
    yield "pass " + " ".join(str(choices[0]) for choices in columns)
    yield f" (cells: {'; '.join(choices[0].label for choices in columns)})"
    others = [choice for choices in columns for choice in choices[1:]]
    if others:
        yield f"; or {', '.join(map(str, others))}"
