"""Files of made-up vendors and presets of the user's own for them: asked on both engines, which must say the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from custmetrics_cli.core.answers.answer import Answer, InputReport
from custmetrics_cli.core.errors import CustmetricsError, Problem
from tests.support.asking import ENGINES, ask, question

TOP = 'vendor = "{name}"\nexport = "list"\ntable = "{table}"\nconfidence = "{confidence}"\n{top}\n{rest}\n'


class Desk(NamedTuple):
    """A folder with files, and beside them one with presets."""

    folder: Path

    def preset(self, name: str, table: str, rest: str, top: str = "", confidence: str = "high") -> None:
        """rest: the tables of the file, as TOML; top: what stands above them."""
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

    def ask(self, metric: str, period: str, *paths: str, by: tuple[str, ...] = (), engine: str = "", **settings: Any) -> Answer:
        """The answer, which every row is accounted for in and both engines give."""
        asked = question(metric, period, by=by)
        said = {**self.settings, **settings}
        answers = [ask([*paths], asked, each, **said) for each in ([engine] if engine else ENGINES)]
        assert all(answer == answers[0] for answer in answers)
        for given in answers[0].inputs:
            assert given.read == given.used + sum(given.excluded.values())
        return answers[0]

    def value(self, metric: str, period: str, *paths: str, **more: Any) -> Any:
        return self.ask(metric, period, *paths, **more).results[0].value

    def totals(self, metric: str, period: str, *paths: str, **more: Any) -> Mapping[str, Any]:
        return self.ask(metric, period, *paths, **more).results[0].totals

    def given(self, metric: str, period: str, *paths: str, **more: Any) -> InputReport:
        """What became of the first file."""
        return self.ask(metric, period, *paths, **more).inputs[0]

    def refused(self, metric: str, period: str, *paths: str, **settings: Any) -> list[Problem]:
        """What is wrong, said alike by both engines; paths are names of files."""
        said = []
        for engine in ENGINES:
            with pytest.raises(CustmetricsError) as refusal:
                ask([*paths], question(metric, period), engine, **{**self.settings, **settings})
            said.append(list(refusal.value.problems))
        assert said[0] == said[1]
        return [problem._replace(place=problem.place._replace(path=Path(problem.place.path).name)) for problem in said[0]]


def seen(answer: Answer, *totals: str) -> dict[Any, tuple[Any, ...]]:
    """Of each group its totals, by the text of the group."""
    return {
        next(iter(result.group.values())) if result.group else "": tuple(result.totals[name] for name in totals)
        for result in answer.results
    }
