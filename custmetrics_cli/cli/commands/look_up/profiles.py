"""`custmetrics profiles`: the systems whose definitions are known, and the file of a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.cli.command import LOOK_UP, Command
from custmetrics_cli.cli.commands.look_up.presets import check_toml
from custmetrics_cli.cli.options.common import FormatOptions
from custmetrics_cli.cli.options.declare import argument

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custmetrics_cli.core.result import Listing
    from custmetrics_cli.profiles import Profile

HELP = """List the systems whose definitions are known, or print one profile

A profile is a TOML file. To write your own, copy one into the folder profiles beside custmetrics.toml and edit the copy.

Example: custmetrics profiles stripe"""
COLUMNS = ("profile", "system", "metrics", "source", "read", "confidence")
MEANING = "definitions that other systems document; high confidence: seen in code, low: no page of the system"


class ProfilesOptions(FormatOptions):
    """The name of a profile, or nothing for the list."""

    name: str = argument("NAME", "profile to print")


def run(options: ProfilesOptions) -> int:
    """Write the list of profiles, or the file of one. Raises CustmetricsError E108 and E158."""
    from custmetrics_cli.cli.definitions.profiled import known_profiles, profile_named
    from custmetrics_cli.cli.terminal.output import write_answer, write_document
    from custmetrics_cli.profiles import text_of
    from custmetrics_cli.render.documents.listing import ListingDocument

    if not options.name:
        write_document(ListingDocument(_listing(known_profiles(options).values())), options)
        return 0
    profile = profile_named(options.name, options)
    check_toml(options, "profile")
    write_answer(text_of(profile), options)
    return 0


def _listing(profiles: Iterable[Profile]) -> Listing:
    from custmetrics_cli.core.result import Listing

    return Listing("profiles", MEANING, COLUMNS, [_row(profile) for profile in profiles])


def _row(profile: Profile) -> tuple[str, ...]:
    own = f" ({profile.path})" if profile.path else ""
    return (profile.name, profile.vendor + own, ", ".join(profile.covers), profile.source, profile.date, profile.confidence)


COMMAND = Command(run, ProfilesOptions, HELP, LOOK_UP, order=5)
