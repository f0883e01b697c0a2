"""The picture of a terminal answer in the README, drawn by the program: `pytest --update tests/structure/test_readme.py`."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tests.support.pages import GUIDE
from tests.support.session import run_command

PICTURE = GUIDE / "answer.svg"
COMMAND = "custmetrics churn --period 2022-Q2 --by plan sample_data/customers.csv"
THEME = TerminalTheme(
    (22, 27, 34),
    (230, 237, 243),
    [(72, 79, 88), (255, 123, 114), (63, 185, 80), (210, 153, 34), (88, 166, 255), (188, 140, 255), (57, 197, 207), (177, 186, 196)],
)
# Rich's own frame loads a web font; this one names fonts that systems have.
FRAME = f"""\
<svg viewBox="0 0 {{width}} {{height}}" role="img" xmlns="http://www.w3.org/2000/svg">
<title>A terminal that shows the answer of {COMMAND}</title>
<style>
text {{{{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: {{char_height}}px; }}}}
{{styles}}
</style>
{{chrome}}
<g transform="translate({{terminal_x}}, {{terminal_y}})">
{{backgrounds}}
{{matrix}}
</g>
</svg>
"""
NEEDLESS = re.compile(r' clip-path="[^"]*"|<text[^>]*>\n</text>')  # no line is longer than the picture is wide; Rich draws line ends


def draw_picture(folder: Path) -> str:
    """Return the answer of COMMAND as an SVG. folder: where the command runs."""
    answer = run_command(f"{COMMAND} --color always", folder)
    assert answer.status == 0, answer.text
    text = Text.assemble(Text("$ ", style="dim"), COMMAND, "\n", Text.from_ansi(answer.text.rstrip()))
    width = max(line.cell_len for line in text.split())
    console = Console(file=io.StringIO(), record=True, width=width, color_system="truecolor", force_terminal=True, legacy_windows=False)
    console.print(text)
    svg = NEEDLESS.sub("", console.export_svg(title="custmetrics", theme=THEME, code_format=FRAME, unique_id="answer"))
    lines = svg.replace("</text>", "</text>\n").splitlines()
    return "".join(f"{line.strip()}\n" for line in lines if line.strip())
