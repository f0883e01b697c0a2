"""Run metrics on files of invented vendors, with presets of the user. Both engines must give the same answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.result import Answer, InputReport
from tests.support.asking import ENGINES, ask, question

NO_OPTIONS: Mapping[str, str] = {}
TOP = 'vendor = "{name}"\nexport = "list"\ntable = "{table}"\nconfidence = "{confidence}"\n{top}\n{rest}\n'


class Desk(NamedTuple):
    """A folder with files and a sub-folder of presets."""

    folder: Path

    def preset(self, name: str, table: str, rest: str, top: str = "", confidence: str = "high") -> None:
        """Write a preset. rest: its TOML tables; top: keys above them."""
        self.own.mkdir(exist_ok=True)
        (self.own / f"{name}.toml").write_text(TOP.format(name=name, table=table, confidence=confidence, top=top, rest=rest), "utf-8")

    def file(self, name: str, text: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    @property
    def own(self) -> Path:
        return self.folder / "presets"

    @property
    def settings(self) -> dict[str, Any]:
        return {"own_presets": str(self.own) if self.own.exists() else ""}

    def ask(
        self,
        metric: str,
        period: str,
        *paths: str,
        by: tuple[str, ...] = (),
        engine: str = "",
        options: Mapping[str, str] = NO_OPTIONS,
        **settings: Any,
    ) -> Answer:
        """Return the answer, after checking that both engines give it and that it accounts for every row."""
        wanted, merged = question(metric, period, by=by, options=dict(options)), {**self.settings, **settings}
        answers = [ask([*paths], wanted, each, **merged) for each in ([engine] if engine else ENGINES)]
        assert all(answer == answers[0] for answer in answers)
        for report in answers[0].inputs:
            assert report.read == report.used + sum(report.excluded.values())
        return answers[0]

    def value(self, metric: str, period: str, *paths: str, **more: Any) -> Any:
        return self.ask(metric, period, *paths, **more).results[0].value

    def totals(self, metric: str, period: str, *paths: str, **more: Any) -> Mapping[str, Any]:
        return self.ask(metric, period, *paths, **more).results[0].totals

    def given(self, metric: str, period: str, *paths: str, **more: Any) -> InputReport:
        """Return the row counts of the first file."""
        return self.ask(metric, period, *paths, **more).inputs[0]

    def refused(self, metric: str, period: str, *paths: str, **settings: Any) -> list[Problem]:
        """Return the problems, after checking that both engines report them. Their paths are file names."""
        problems = []
        for engine in ENGINES:
            with pytest.raises(CustmetricsError) as refusal:
                ask([*paths], question(metric, period), engine, **{**self.settings, **settings})
            problems.append(list(refusal.value.problems))
        assert problems[0] == problems[1]
        return [problem._replace(place=problem.place._replace(path=Path(problem.place.path).name)) for problem in problems[0]]


def seen(answer: Answer, *totals: str) -> dict[Any, tuple[Any, ...]]:
    """Return the totals of each group. Keys are the texts of the groups."""
    return {
        next(iter(result.group.values())) if result.group else "": tuple(result.totals[name] for name in totals)
        for result in answer.results
    }
