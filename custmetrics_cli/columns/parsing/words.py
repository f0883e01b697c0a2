"""Words of a fixed list, in the spellings that people and tools use. A word becomes its position in the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from custmetrics_cli.columns import Reason


def simplify(text: str) -> str:
    """Return the text without differences of case, spaces, dashes, underscores, full stops and ё.

    >>> simplify("Past-Due"), simplify("отключён")
    ('pastdue', 'отключен')
    """
    return "".join(c for c in text.casefold().replace("ё", "е") if c not in " -_.\u00a0")


def spellings(words: Mapping[str, str], order: Sequence[str]) -> dict[str, int]:
    """Turn {word: "spelling, spelling, …"} into {spelling: position of the word}.

    >>> spellings({"month": "monthly, per month"}, ("day", "month"))
    {'month': 1, 'monthly': 1, 'permonth': 1}
    """
    return {simplify(each): order.index(word) for word, known in words.items() for each in (word, *known.split(","))}


def find_in(known: Mapping[str, int], otherwise: int | Reason) -> Callable[[str], int | Reason]:
    """Return the function that finds a word in any spelling, for a WordReader."""
    return lambda text: known.get(simplify(text), otherwise)


def listed(words: Sequence[str]) -> str:
    """Return the words as a list in a sentence.

    >>> listed(("nps", "csat", "ces"))
    'nps, csat or ces'
    """
    return f"{', '.join(words[:-1])} or {words[-1]}"
