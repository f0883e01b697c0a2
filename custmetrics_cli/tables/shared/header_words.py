"""The words by which a header shows the role of its column, without naming the column exactly.

The lists are texts. They are read when a header is compared with them first: most commands need few of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

ALTERNATIVES = "|"  # between words of which a phrase needs one


class Words:
    """A list of words. A word that ends with * is the beginning of a word."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __add__(self, other: Words) -> Words:
        return Words(f"{self.text} {other.text}")

    def without(self, other: Words) -> Words:
        return Words(" ".join(word for word in self.text.split() if word not in other.text.split()))

    @cached_property
    def _exact(self) -> frozenset[str]:
        return frozenset(word for word in self.text.split() if not word.endswith("*"))

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        return tuple(word[:-1] for word in self.text.split() if word.endswith("*"))

    def matches(self, word: str) -> bool:
        """
        >>> [words("cost budget*").matches(word) for word in ("cost", "costs", "budgets")]
        [True, False, True]
        """
        return word in self._exact or (bool(self._beginnings) and word.startswith(self._beginnings))

    def are_in(self, others: Iterable[str]) -> bool:
        """Return whether one of the words is in a header."""
        return any(map(self.matches, others))


@lru_cache(maxsize=4096)
def _word(text: str) -> Words:
    return Words(text.replace(ALTERNATIVES, " "))


class Phrases:
    """A list of phrases, separated by semicolons: words that a header contains, in any order."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _all(self) -> list[list[str]]:
        return [phrase.split() for phrase in self._text.split("; ")]

    @cached_property
    def _single(self) -> Words:
        return Words(" ".join(phrase[0].replace(ALTERNATIVES, " ") for phrase in self._all if len(phrase) == 1))

    @cached_property
    def joined(self) -> frozenset[str]:
        """The phrases in one word: "billingperiod"."""
        return frozenset("".join(phrase) for phrase in self._all)

    @cached_property
    def _by_word(self) -> dict[str, list[list[Words]]]:
        """The phrases of several words by their first word; under "" if that is the beginning of a word."""
        index: dict[str, list[list[Words]]] = {}
        for phrase in self._all:
            if len(phrase) > 1:
                firsts = [""] if "*" in phrase[0] else phrase[0].split(ALTERNATIVES)
                for first in firsts:
                    index.setdefault(first, []).append([_word(word) for word in phrase])
        return index

    def are_in(self, header: tuple[str, ...], fillers: Words | None = None) -> bool:
        """Return whether a header contains one of the phrases, and beside it only fillers; None = any other words.

        >>> ranked("billing period; interval")[0].are_in(("billing", "cycle", "period"))
        True
        """
        if "".join(header) in self.joined:
            return True
        return any(fillers is None or all(map(fillers.matches, rest)) for rest in self._rests(header))

    def _rests(self, header: tuple[str, ...]) -> Iterator[list[str]]:
        """Yield the other words of a header for each phrase that it contains."""
        for word in header:
            if self._single.matches(word):
                yield [other for other in header if other != word]
        for first in ("", *header):
            for phrase in self._by_word.get(first, ()):
                if all(part.are_in(header) for part in phrase):
                    yield [word for word in header if not any(part.matches(word) for part in phrase)]


NO_WORDS = Words("")


@dataclass(frozen=True, eq=False)  # compared by identity: a hash of all words would be slow
class HeaderWords:
    """The words of one role. A header with a foreign word never has the role."""

    ranks: tuple[Phrases, ...]  # the best first
    foreign: Words = NO_WORDS
    fillers: Words | None = None  # the only other words that a header may contain; None = any
    sure: int = 0  # the first ranks that show the role without any look at the cells: unknown words are reported later
    share: float = 0.9  # of the cells that must fit; a required column is not checked before its table is known
    keeps_bracket: bool = False  # a last bracket is a part of the header: "Customer (email)"
    asks_about: Words = NO_WORDS  # foreign words after which the user is asked if all cells fit


def ranked(*ranks: str) -> tuple[Phrases, ...]:
    """Return lists of phrases, one per rank. A phrase may have alternatives for a word: "customer|client id|number"."""
    return tuple(map(Phrases, ranks))


def words(text: str) -> Words:
    return Words(text)
