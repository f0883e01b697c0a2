"""`custmetrics presets`: the exports of vendors that are recognised, and the file of a preset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.cli.command import LOOK_UP, Command
from custmetrics_cli.cli.options.common import FormatOptions
from custmetrics_cli.cli.options.declare import argument
from custmetrics_cli.core.errors import CustmetricsError, Problem, near

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custmetrics_cli.core.result import Listing
    from custmetrics_cli.presets._preset import Preset

HELP = """List the vendors' exports that are recognised, or print one preset

A preset is a TOML file. To change one, copy it into the folder presets beside custmetrics.toml and edit the copy.

Example: custmetrics presets stripe_subscriptions"""
COLUMNS = ("preset", "table", "confidence", "export")
MEANING = "exports that are recognised by their headers; low confidence: the headers were not checked against a real file"


class PresetOptions(FormatOptions):
    """The name of a preset, or nothing for the list."""

    name: str = argument("NAME", "preset to print")


def run(options: PresetOptions) -> int:
    """Write the list of presets, or the file of one. Raises CustmetricsError E158, E159."""
    from custmetrics_cli.cli.options.settings import own_presets
    from custmetrics_cli.cli.terminal.output import write_answer, write_document
    from custmetrics_cli.presets import presets, text_of
    from custmetrics_cli.render.documents.listing import ListingDocument

    known = presets(own_presets(options))
    if not options.name:
        write_document(ListingDocument(_listing(known.values())), options)
        return 0
    check_toml(options, "preset")
    if options.name not in known:
        raise CustmetricsError(Problem("E159", f"unknown preset '{options.name}'", hint=near(options.name, known)))
    write_answer(text_of(known[options.name]), options)
    return 0


def check_toml(options: FormatOptions, kind: str) -> None:
    """Refuse formats for a file that is printed as it is. kind: preset or profile. Raises CustmetricsError E158."""
    if options.format not in ("", "table"):
        hint = f"leave out --format, or use custmetrics {kind}s --format {options.format} for the list"
        raise CustmetricsError(Problem("E158", f"a {kind} is TOML and has no {options.format} output", hint=hint))


def _listing(presets: Iterable[Preset]) -> Listing:
    from custmetrics_cli.core.result import Listing

    return Listing("presets", MEANING, COLUMNS, [_row(preset) for preset in presets])


def _row(preset: Preset) -> tuple[str, ...]:
    own = f" ({preset.path})" if preset.path else ""
    return (preset.name, preset.table, preset.confidence, f"{preset.vendor}: {preset.export}{own}")


COMMAND = Command(run, PresetOptions, HELP, LOOK_UP, order=4)
