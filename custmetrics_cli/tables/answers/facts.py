"""Facts about the answers of a file: the scale of their scores, and the source of each fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

BEST = " best"  # and the good end of the scale under the kind and this
BY = " by"  # the context holds the source of a scale under the kind of survey and this


class Fact(NamedTuple):
    """A fact, and where it comes from."""

    value: str
    by: str  # option, preset, header, labels, cells or usual


class AnswerFacts(NamedTuple):
    """The facts about the answers of one file that are known before its rows are read."""

    scales: Mapping[str, Fact] = {}  # kind of survey -> its scale; "" = any other kind

    is_wave: bool = False  # the file has no dates
    best: Fact | None = None  # the end of the scale that is good: high or low
    easy: Fact | None = None  # the same for ces, by a question about effort or ease
    unknown_words: tuple[str, ...] = ()  # answers that are neither numbers nor known words

    def scale(self, survey: str) -> Fact | None:
        return self.scales.get(survey) or self.scales.get("")

    def best_of(self, survey: str) -> Fact | None:
        """Return the good end of the scale of a kind of survey; None = nothing shows it."""
        return self.best or (self.easy if survey == "ces" else None)


def in_context(survey: str, scale: Fact, best: Fact | None) -> dict[str, str]:
    """Return the facts as the rules of the table receive them."""
    shown = {survey + BEST: f"{best.value} {best.by}"} if best else {}
    return {survey: scale.value, survey + BY: scale.by, **shown}


def found_options(context: Mapping[str, str], usual: Mapping[str, str]) -> dict[str, dict[str, Fact]]:
    """Return the options that the files settle, by kind of survey and by symbol. usual: the scale that nothing contradicts."""
    scales = {name.removesuffix(BY): by for name, by in context.items() if name.endswith(BY)}
    found = {survey: {"scale": Fact(context[survey] or usual[survey], by)} for survey, by in scales.items()}
    for survey, facts in found.items():
        best, _, by = context.get(survey + BEST, "").partition(" ")
        if best:
            facts["low_is_good"] = Fact("yes" if best == "low" else "no", by)
    return found
