"""`custmetrics guide`: the pages of the manual."""

from __future__ import annotations

from pathlib import Path

import custmetrics_cli
from custmetrics_cli.cli.command import LOOK_UP, Command
from custmetrics_cli.cli.options.common import OutputOptions
from custmetrics_cli.cli.options.declare import argument
from custmetrics_cli.core.errors import CustmetricsError, Problem, near

HELP = """Show a page of the manual, or list the topics

Example: custmetrics guide"""
PAGES = Path(custmetrics_cli.__file__).with_name("guide")
FIRST = "start"  # the topic at the top of the list


class GuideOptions(OutputOptions):
    """The topic, or nothing for the list."""

    topic: str = argument("TOPIC", "page to show")


def run(options: GuideOptions) -> int:
    """Write the page, or the list of topics. Raises CustmetricsError E163."""
    from custmetrics_cli.cli.terminal.output import output_for, write_answer
    from custmetrics_cli.render.draw.markdown import draw_markdown

    pages = {path.stem: path for path in sorted(PAGES.glob("*.md"), key=lambda path: (path.stem != FIRST, path.stem))}
    if not options.topic:
        write_answer(_topics(pages), options)
        return 0
    topic = options.topic.casefold().removesuffix(".md")
    if topic not in pages:
        raise CustmetricsError(Problem("E163", f"the guide has no topic '{options.topic}'", hint=near(topic, pages)))
    text = pages[topic].read_text("utf-8")
    output = output_for(options)
    write_answer(draw_markdown(text, output) if output.terminal else text, options)
    return 0


def _topics(pages: dict[str, Path]) -> str:
    """Return the topics with their titles."""
    width = max(map(len, pages), default=0)
    lines = [f"{topic:{width}}  {_title(path.read_text('utf-8'))}" for topic, path in pages.items()]
    return "\n".join([*lines, "", "custmetrics guide TOPIC shows a page.", ""])


def _title(text: str) -> str:
    """Return the text of the first header line.

    >>> _title("# Presets\\n\\nText")
    'Presets'
    """
    return next((line.removeprefix("# ").strip() for line in text.splitlines() if line.startswith("# ")), "")


COMMAND = Command(run, GuideOptions, HELP, LOOK_UP, order=1)
