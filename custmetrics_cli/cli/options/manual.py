"""The manual page for man, in roff: commands, metrics, options, exit statuses and files, as they are declared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from custmetrics_cli import __version__
from custmetrics_cli.cli.command import Command
from custmetrics_cli.cli.options.parameters import meaning
from custmetrics_cli.cli.usage.exit_status import STATUSES
from custmetrics_cli.core.options import OptionSpec

ABOUT = "customer metrics from CSV exports, with the totals behind every number"
FILES = {
    "custmetrics.toml": "the settings of the folder; custmetrics init writes it",
    "presets/NAME.toml, profiles/NAME.toml": "your own presets and profiles, beside custmetrics.toml",
}


def manual(commands: Mapping[str, Command]) -> str:
    """Return the page. commands: all, by name, in the order of help."""
    specs = {spec.name: spec for command in commands.values() for spec in command.options.specs.values()}
    return "\n".join(
        [
            f'.TH CUSTMETRICS 1 "" "custmetrics {__version__}" "User commands"',
            *_section("NAME", [f"custmetrics \\- {_escaped(ABOUT)}"]),
            *_section("SYNOPSIS", [".B custmetrics", "\\fICOMMAND\\fR [\\fIOPTIONS\\fR] \\fIFILE\\fR ..."]),
            *_section("COMMANDS", _commands(commands)),
            *_section("OPTIONS", _options(specs.values())),
            *_section("EXIT STATUS", _entries((str(status), text) for status, text in STATUSES.items())),
            *_section("FILES", _entries(FILES.items())),
            *_section("SEE ALSO", [_escaped("custmetrics COMMAND --help, custmetrics explain METRIC, custmetrics guide")]),
            "",
        ]
    )


def _section(name: str, lines: Iterable[str]) -> list[str]:
    return [f".SH {name}", *lines]


def _commands(commands: Mapping[str, Command]) -> Iterator[str]:
    """Yield the commands by panel, each with the first line of its help."""
    panel = ""
    for name, command in commands.items():
        if command.panel != panel:
            panel = command.panel
            yield f".SS {_escaped(panel)}"
        yield from _entry(name, command.summary or command.help.split("\n")[0])


def _options(specs: Iterable[OptionSpec]) -> Iterator[str]:
    for spec in sorted(specs, key=lambda spec: spec.name):
        short = f"-{spec.short.lstrip('-')}, " if spec.short else ""
        yield from _entry(f"{short}--{spec.name}{' ' + spec.metavar if spec.metavar else ''}", meaning(spec) + _default(spec))


def _default(spec: OptionSpec) -> str:
    return f" (default: {spec.default_note.removeprefix('default: ')})" if spec.default_note else ""


def _entries(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, text in entries:
        yield from _entry(name, text)


def _entry(name: str, text: str) -> tuple[str, str, str]:
    return ".TP", f".B {_escaped(name)}", _escaped(text)


def _escaped(text: str) -> str:
    """Return a line of text as roff reads it: a full stop or a quote at its start would be a command."""
    plain = re.sub(r"\s+", " ", text).replace("\\", "\\(rs").replace("-", "\\-")
    plain = re.sub(r"[^\x00-\x7f]", lambda found: f"\\[u{ord(found[0]):04X}]", plain)
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain
