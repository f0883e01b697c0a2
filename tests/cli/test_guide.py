"""guide lists the pages of the manual, prints a page in a pipe, and draws it on a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.render.draw.markdown import draw_markdown
from custmetrics_cli.render.output import Output

from .test_terminal import on_terminal

PAGE = """# Cohorts

A cohort has a **month**.

| month | customers |
|---|---|
| 2022-01 | 3 |

```console
$ custmetrics cohorts
```
"""


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A guide with two pages."""
    (tmp_path / "cohorts.md").write_text(PAGE)
    (tmp_path / "start.md").write_text("# Your own file\n\nThree steps.\n")
    monkeypatch.setattr("custmetrics_cli.cli.commands.look_up.guide.PAGES", tmp_path)


def test_without_a_topic_it_lists_the_topics_with_their_titles(here, pages) -> None:
    assert here("guide").out == "start    Your own file\ncohorts  Cohorts\n\ncustmetrics guide TOPIC shows a page.\n"


@pytest.mark.parametrize("topic", ["cohorts", "Cohorts", "cohorts.md"])
def test_in_a_pipe_a_page_is_printed_as_it_is(here, pages, topic: str) -> None:
    assert here("guide", topic).out == PAGE


def test_on_a_terminal_a_page_is_drawn() -> None:
    text = draw_markdown(PAGE, Output(width=60, terminal=True))
    assert "A cohort has a month." in text
    assert "$ custmetrics cohorts" in text
    assert "**" not in text
    assert "|" not in text
    assert "\x1b[" not in text
    assert "\x1b[" in draw_markdown(PAGE, Output(width=60, color=True, terminal=True))
    assert max(map(len, text.splitlines())) <= 60


def test_an_unknown_topic_gets_a_suggestion(here, pages) -> None:
    said = here("guide", "cohort")
    assert (said.status, said.out) == (2, "")
    assert said.err == "E163 the guide has no topic 'cohort'\n  hint: did you mean cohorts?\n"


def test_a_page_is_written_to_a_file(here, pages, folder: Path) -> None:
    assert here("guide", "cohorts", "-o", "page.txt").status == 0
    assert (folder / "page.txt").read_text() == PAGE


def test_the_shipped_guide_is_shown_on_a_terminal(folder: Path) -> None:
    assert "custmetrics guide TOPIC shows a page." in on_terminal("guide", folder)
