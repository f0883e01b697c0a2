"""`custmetrics presets`: whose exports are known, and what a preset says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.cli.options.settings import own_presets
from custmetrics_cli.cli.terminal.output import choose_format, output_for, write_answer
from custmetrics_cli.core.answers.answer import Listing
from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.presets import Preset, presets, text_of
from custmetrics_cli.render.documents.listing import ListingDocument

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import PresetOptions

COLUMNS = ("preset", "table", "confidence", "export")
MEANS = "exports that are known by their headers; of low confidence are those whose headers are not confirmed"


def run(options: PresetOptions) -> int:
    """Lists them, or prints the file of one. Raises CustmetricsError E158, E159."""
    known = presets(own_presets(options))
    if not options.name:
        listing = Listing("presets", MEANS, COLUMNS, [_row(preset) for preset in known.values()])
        write_answer(choose_format(options).write(ListingDocument(listing), output_for(options)), options.output)
        return 0
    if options.format not in ("", "table"):
        raise CustmetricsError(Problem("E158", f"a preset is TOML, not {options.format}", hint="the list of presets has --format"))
    if options.name not in known:
        raise CustmetricsError(Problem("E159", f"there is no preset '{options.name}'", hint=near(options.name, known)))
    write_answer(text_of(known[options.name]), options.output)
    return 0


def _row(preset: Preset) -> tuple[str, ...]:
    own = f" ({preset.path})" if preset.path else ""
    return (preset.name, preset.table, preset.confidence, f"{preset.vendor}: {preset.export}{own}")
