"""A bare Typer app of a given size, written out as an analyst's script would be: what `--help` cannot be faster than.

The source is written to a module, so that Python keeps its bytecode, as it does for ours. Run as a process of its own: FOLDER.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

HEAD = '''"""A command line with nothing behind it."""
from typing import Annotated
import typer
app = typer.Typer(pretty_exceptions_enable=False)
@app.callback()
def bare() -> None:
    """Customer metrics from CSV exports, with the totals behind every number."""
'''
OPTION = """Option{n} = Annotated[
    str, typer.Option("--option-{n}", help="What option {n} is for", metavar="VALUE", rich_help_panel="Panel {panel}")
]
"""
COMMAND = """@app.command("command-{n}", help="What command {n} answers, in a line or two of words", rich_help_panel="Family {family}")
def command_{n}({parameters}) -> None: ...
"""


@dataclass(frozen=True)
class Size:
    """options: how many each command takes, command by command."""

    options: tuple[int, ...]
    option_panels: int
    command_panels: int


def source(size: Size) -> str:
    kinds = "".join(OPTION.format(n=n, panel=n % size.option_panels) for n in range(max(size.options)))
    commands = (
        COMMAND.format(n=n, family=n % size.command_panels, parameters=", ".join(f"o{k}: Option{k} = ''" for k in range(options)))
        for n, options in enumerate(size.options)
    )
    return HEAD + kinds + "".join(commands)


def write(folder: Path, size: Size) -> None:
    """The module, and the script `bare` that runs it."""
    (folder / "bare_app.py").write_text(source(size), encoding="utf-8")
    (folder / "bare").write_text("import sys\nfrom bare_app import app\nsys.exit(app())\n", encoding="utf-8")


def size_of_ours() -> Size:
    """Counted from our own app as Typer built it."""
    from typer.main import get_command

    from custmetrics_cli.cli.app import app

    group = get_command(app)
    commands = [group.get_command(None, name) for name in group.list_commands(None)]
    options = tuple(len(command.params) for command in commands)
    panels = {getattr(param, "rich_help_panel", None) for command in commands for param in command.params}
    return Size(options, len(panels), len({command.rich_help_panel for command in commands}))


if __name__ == "__main__":
    write(Path(sys.argv[1]), size_of_ours())
