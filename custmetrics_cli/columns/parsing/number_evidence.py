"""Evidence for the decimal mark and the currency of a column of amounts, from its distinct texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from custmetrics_cli.columns import Ambiguity, ColumnFormat
from custmetrics_cli.columns.parsing.blank_words import drop_blank_word
from custmetrics_cli.columns.parsing.numbers import (
    OTHER,
    currency_of,
    has_long_whole,
    match_amount,
    match_exponent,
    possible_numbers,
    with_fraction,
)
from custmetrics_cli.columns.parsing.texts import SameLayoutTexts, group_by_layout
from custmetrics_cli.core.errors import Choice

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class MoneyEvidence:
    """Evidence from amounts. The evidence of parts of a column adds up."""

    dots: int = 0  # texts that can only be read with "." for decimals
    commas: int = 0  # texts that can only be read with "," for decimals
    sample: str = ""  # a text that is a different amount with each mark
    signs: Mapping[str, str] = field(default_factory=dict)  # currency -> a text that names it

    def __add__(self, other: MoneyEvidence) -> MoneyEvidence:
        signs = {**other.signs, **self.signs}
        return MoneyEvidence(self.dots + other.dots, self.commas + other.commas, self.sample or other.sample, signs)

    def discount(self, known: ColumnFormat) -> MoneyEvidence:
        return replace(self, dots=0, commas=0, sample="") if known.decimal else self

    def decimal(self) -> str:
        """Return the mark that most texts need; "" without evidence."""
        return "" if self.dots == self.commas == 0 else "." if self.dots >= self.commas else ","

    @property
    def ambiguous(self) -> bool:
        return bool(self.sample) and self.dots == self.commas

    @property
    def interpretations(self) -> str:
        return interpretations(self.sample)

    def resolve(self, user: ColumnFormat) -> ColumnFormat:
        return user._replace(decimal=user.decimal or self.decimal())

    def ambiguity(self, user: ColumnFormat) -> Ambiguity | None:
        if user.decimal or not self.ambiguous:
            return None
        meanings = _meanings(self.sample)
        return Ambiguity("E407", tuple(Choice("decimal", mark, meanings[mark]) for mark in OTHER))

    def explain(self, user: ColumnFormat, used: ColumnFormat) -> str:
        if user.decimal:
            return f"{user.decimal!r} for decimals, as set"
        if self.ambiguous:
            return f"{self.sample} is {self.interpretations}"
        return f"{used.decimal!r} for decimals" if used.decimal else "no decimals"


def interpretations(text: str) -> str:
    """Describe both meanings of an ambiguous amount.

    >>> interpretations("1,234")
    "1.234 (',' for decimals) or 1234 ('.' for decimals)"
    """
    return " or ".join(_meanings(text).values())


def _meanings(text: str) -> dict[str, str]:
    """Return the meanings by decimal mark, the one with decimals first."""
    mark = next((c for c in text if c in OTHER), ",")
    amounts = {mark: text.replace(mark, "."), OTHER[mark]: text.replace(mark, "")}
    return {each: f"{amount} ({each!r} for decimals)" for each, amount in amounts.items()}


def common_currency(amounts: Iterable[str]) -> str:
    """Return the currency that all amounts name; "" if one of them names none or another.

    >>> common_currency(["5 €", "EUR 7"]), common_currency(["5 €", "7"]), common_currency(["$5"])
    ('EUR', '', '$')
    """
    found = ""
    for amount in filter(None, map(drop_blank_word, amounts)):
        match = match_amount(amount)
        currency = currency_of(match) if match else ""
        if not currency or found not in ("", currency):
            return ""
        found = currency
    return found


def gather(texts: pa.StringArray) -> MoneyEvidence:
    return sum((_gather_layout(same, texts) for same in group_by_layout(texts)), MoneyEvidence())


def _gather_layout(same: SameLayoutTexts, texts: pa.StringArray) -> MoneyEvidence:
    amount = match_amount(same.text)
    if amount is None:
        exponent = match_exponent(same.text)
        return _clear(exponent["mark"], len(same.rows)) if exponent else MoneyEvidence()
    currency = currency_of(amount)
    signs = {currency: texts[int(same.rows[0])].as_py()} if currency else {}
    return MoneyEvidence(signs=signs) + _marks(same, texts, amount)


def _marks(same: SameLayoutTexts, texts: pa.StringArray, amount: re.Match[str]) -> MoneyEvidence:
    """Return the evidence for a decimal mark."""
    matches = possible_numbers(amount["digits"])
    match = with_fraction(matches)
    if match is None or not set(amount["digits"]) & set(OTHER) or has_long_whole(match):
        return MoneyEvidence()
    if len(matches) == 1:
        return _clear(next(iter(matches)), len(same.rows))
    start = amount.start("digits")
    open_ = same.number(start + match.start("whole"), start + match.end("whole")).nonzero()[0]
    sample = texts[int(same.rows[open_[0]])].as_py() if len(open_) else ""
    mark = next(mark for mark, each in matches.items() if each is match)
    return _clear(mark, len(same.rows) - len(open_)) + MoneyEvidence(sample=sample)


def _clear(mark: str, count: int) -> MoneyEvidence:
    """Return the evidence of texts that can only be read with this mark."""
    return MoneyEvidence(count * (mark == "."), count * (mark == ","))
