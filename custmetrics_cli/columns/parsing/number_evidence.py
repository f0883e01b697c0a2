"""What a column of amounts shows about its decimal mark and its currencies. Taken from distinct texts; tallies of parts add up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from custmetrics_cli.columns import ColumnFormat
from custmetrics_cli.columns.currency import named
from custmetrics_cli.columns.parsing.numbers import CURRENCY, OTHER, amount, decisive, long, possible
from custmetrics_cli.columns.parsing.texts import SameLayoutTexts, layouts

if TYPE_CHECKING:
    import pyarrow as pa

SIGNED = re.compile(f"(?i){CURRENCY}")


@dataclass(frozen=True)
class MoneyEvidence:
    """What a column of amounts shows: how many texts can be read with one decimal mark only, and which currencies they name.

    `sample` is a text that is one amount with '.' for decimals and another with ','. `signs`: currency -> a text. Tallies add up.
    """

    dots: int = 0
    commas: int = 0
    sample: str = ""
    signs: Mapping[str, str] = field(default_factory=dict)

    def __add__(self, other: MoneyEvidence) -> MoneyEvidence:
        signs = {**other.signs, **self.signs}
        return MoneyEvidence(self.dots + other.dots, self.commas + other.commas, self.sample or other.sample, signs)

    def discount(self, known: ColumnFormat) -> MoneyEvidence:
        return replace(self, dots=0, commas=0, sample="") if known.decimal else self

    def decimal(self) -> str:
        """'.' or ','; "" where nothing shows it."""
        return "" if self.dots == self.commas == 0 else "." if self.dots >= self.commas else ","

    @property
    def ambiguous(self) -> bool:
        return bool(self.sample) and self.dots == self.commas

    @property
    def interpretations(self) -> str:
        return readings(self.sample)

    def resolve(self, user: ColumnFormat) -> ColumnFormat:
        return user._replace(decimal=user.decimal or self.decimal())

    def ambiguity(self, user: ColumnFormat) -> tuple[str, str] | None:
        return ("E407", "say which with --decimal . or --decimal ,") if self.ambiguous and not user.decimal else None

    def explain(self, user: ColumnFormat, used: ColumnFormat) -> str:
        if user.decimal:
            return f"decimals after {user.decimal!r}, as was said"
        if self.ambiguous:
            return f"{self.sample} is {self.interpretations}"
        return f"decimals after {used.decimal!r}" if used.decimal else "no cell has decimals"


def readings(text: str) -> str:
    """What an ambiguous amount could be.

    >>> readings("1,234")
    "1.234 if ',' marks decimals, 1234 if '.' does"
    """
    mark = next((c for c in text if c in OTHER), ",")
    return f"{text.replace(mark, '.')} if {mark!r} marks decimals, {text.replace(mark, '')} if {OTHER[mark]!r} does"


def tally(texts: pa.StringArray) -> MoneyEvidence:
    return sum((_of(many, texts) for many in layouts(texts)), MoneyEvidence())


def _of(many: SameLayoutTexts, texts: pa.StringArray) -> MoneyEvidence:
    written = amount(many.text)
    sign = SIGNED.search(many.text) if written else None
    seen = MoneyEvidence(signs={named(sign[0].rstrip(".")): texts[int(many.rows[0])].as_py()} if sign else {})
    return seen + _marked(many, texts, written)


def _marked(many: SameLayoutTexts, texts: pa.StringArray, written: re.Match[str] | None) -> MoneyEvidence:
    marks = possible(written["digits"]) if written else {}
    match = decisive(marks)
    if written is None or match is None or not set(written["digits"]) & set(OTHER) or long(match):
        return MoneyEvidence()
    if len(marks) == 1:
        return _clear(next(iter(marks)), len(many.rows))
    start = written.start("digits")
    open_ = many.number(start + match.start("whole"), start + match.end("whole")).nonzero()[0]
    sample = texts[int(many.rows[open_[0]])].as_py() if len(open_) else ""
    mark = next(mark for mark, each in marks.items() if each is match)
    return _clear(mark, len(many.rows) - len(open_)) + MoneyEvidence(sample=sample)


def _clear(mark: str, count: int) -> MoneyEvidence:
    return MoneyEvidence(count * (mark == "."), count * (mark == ","))
