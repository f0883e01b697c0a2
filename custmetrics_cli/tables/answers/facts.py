"""Facts about the answers of a file: the scale of their scores, and the source of each fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

BY = " by"  # the context holds the source of a scale under the kind of survey and this


class Fact(NamedTuple):
    """A fact, and where it comes from."""

    value: str
    by: str  # option, preset, header, labels, cells or usual


class AnswerFacts(NamedTuple):
    """The facts about the answers of one file that are known before its rows are read."""

    scales: Mapping[str, Fact] = {}  # kind of survey -> its scale; "" = any other kind

    is_wave: bool = False  # the file has no dates

    def scale(self, survey: str) -> Fact | None:
        return self.scales.get(survey) or self.scales.get("")


def in_context(survey: str, scale: Fact) -> dict[str, str]:
    """Return a scale as the rules of the table receive it."""
    return {survey: scale.value, survey + BY: scale.by}


def found_options(context: Mapping[str, str], usual: Mapping[str, str]) -> dict[str, dict[str, Fact]]:
    """Return the options that the files settle, by kind of survey and by symbol. usual: the scale that nothing contradicts."""
    scales = {name.removesuffix(BY): by for name, by in context.items() if name.endswith(BY)}
    return {survey: {"scale": Fact(context[survey] or usual[survey], by)} for survey, by in scales.items()}
