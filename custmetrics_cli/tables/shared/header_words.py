"""The words by which a header shows the role of its column, without naming the column exactly."""

from __future__ import annotations

from dataclasses import dataclass

Phrase = tuple[str, ...]  # words that a header contains, in any order; a word that ends with * is the beginning of one


@dataclass(frozen=True, eq=False)  # compared by identity: a hash of all words would be slow
class HeaderWords:
    """The words of one role. A header with a foreign word never has the role."""

    ranks: tuple[tuple[Phrase, ...], ...]  # phrases, best rank first
    foreign: Phrase = ()
    fillers: Phrase | None = None  # the only other words that a header may contain; None = any
    share: float = 0.9  # of the cells that must fit; a required column is not checked before its table is known
    keeps_bracket: bool = False  # a last bracket is a part of the header: "Customer (email)"
    asks_about: Phrase = ()  # foreign words after which the user is asked if all cells fit


def ranked(*ranks: str) -> tuple[tuple[Phrase, ...], ...]:
    """Split lists of phrases, one list per rank.

    >>> ranked("billing period; interval", "plan")
    ((('billing', 'period'), ('interval',)), (('plan',),))
    """
    return tuple(tuple(tuple(phrase.split()) for phrase in rank.split("; ")) for rank in ranks)


def words(text: str) -> Phrase:
    return tuple(text.split())
