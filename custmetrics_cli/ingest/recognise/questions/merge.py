"""Combine the facts about answers of all files of a table: a scale must be the same in all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from custmetrics_cli.columns.survey_kind import SURVEYS
from custmetrics_cli.core.errors import Choice, CustmetricsError, Place, Problem, pass_one
from custmetrics_cli.ingest.model import Layout, TextFile
from custmetrics_cli.tables.answers.facts import Fact, in_context

Files = Sequence[tuple[TextFile, Layout]]


def complete_context(context: Mapping[str, str], files: Files) -> dict[str, str]:
    """Return the context of checks with the scales that the files show. Raises CustmetricsError E342 if two files differ."""
    _check_waves(files)
    completed = dict(context)
    for survey, scale in context.items():
        if survey in SURVEYS:
            found = Fact(scale, "option") if scale else _scale_of(survey, files)
            completed |= in_context(survey, found or Fact("", "usual"), _best_of(survey, files) if survey != "nps" else None)
    return completed


def _check_waves(files: Files) -> None:
    """Raise CustmetricsError E347 if some files have dates and others do not."""
    undated = [text_file.source.path for text_file, layout in files if layout.answers.is_wave]
    if undated and len(undated) < len(files):
        dated = next(text_file.source.path for text_file, layout in files if not layout.answers.is_wave)
        message = f"has no dates, unlike {dated}: its answers belong to no period"
        raise CustmetricsError(Problem("E347", message, Place(undated[0]), "leave the file out, or add a column of dates"))


def _scale_of(survey: str, files: Files) -> Fact | None:
    facts = [*_facts(survey, files)]
    for text_file, fact in facts[1:]:
        first_file, first = facts[0]
        if fact.value != first.value:
            choices = tuple(Choice("scale", each.value) for each in (first, fact))
            message = f"the scores are {fact.value} ({fact.by}), but those of {first_file.source.path} are {first.value} ({first.by})"
            hint = f"compute one file at a time, or {pass_one(choices)} for both"
            raise CustmetricsError(Problem("E342", message, Place(text_file.source.path), hint, choices=choices))
    return facts[0][1] if facts else None


def _best_of(survey: str, files: Files) -> Fact | None:
    """Return the good end of the scale. Raise CustmetricsError E348 if it differs between files."""
    known = [(file, layout.answers.best_of(survey)) for file, layout in files if _has_answers_to(survey, layout)]
    for text_file, best in known[1:]:
        if _end(best) != _end(known[0][1]):
            message = f"{survey}: high scores are good in one of this file and {known[0][0].source.path}, low scores in the other"
            raise CustmetricsError(Problem("E348", message, Place(text_file.source.path), "compute one file at a time"))
    return known[0][1] if known else None


def _end(best: Fact | None) -> str:
    return best.value if best else "high"


def _has_answers_to(survey: str, layout: Layout) -> bool:
    return layout.substitutes.constants.get("kind", survey) == survey


def _facts(survey: str, files: Files) -> Iterator[tuple[TextFile, Fact]]:
    """Yield the scale of each file that has answers to a kind of survey, and shows their scale."""
    for text_file, layout in files:
        fact = layout.answers.scale(survey)
        if fact and _has_answers_to(survey, layout):
            yield text_file, fact
