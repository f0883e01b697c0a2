"""Draw Markdown for a terminal, with Rich."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from custmetrics_cli.render.output import Output


def draw_markdown(text: str, output: Output) -> str:
    """Return a page of our own manual as a terminal shows it."""
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(
        file=StringIO(),
        width=output.width,
        force_terminal=output.color,
        color_system="256" if output.color else None,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as captured:
        console.print(Markdown(text, hyperlinks=False))
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())
