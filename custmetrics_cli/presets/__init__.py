"""Presets: what is known of vendors' exports, one TOML file each. They say the facts; sources applies them.

A file here is found by being here. The user's own stand in a folder `presets` beside custmetrics.toml, and go before those here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.presets._parse import parse_preset
from custmetrics_cli.presets._preset import Preset as Preset
from custmetrics_cli.presets._preset import RowChoice as RowChoice

HERE = Path(__file__).parent


def presets(own: str = "") -> Mapping[str, Preset]:
    """By name, in order of it. own: a folder of the user's; '' = there is none. Raises CustmetricsError E188, E189."""
    return shipped() if not own else dict(sorted({**shipped(), **_in(Path(own), own)}.items()))


@cache
def shipped() -> Mapping[str, Preset]:
    return {name: found._replace(path="") for name, found in _in(HERE, "custmetrics").items()}


def text_of(found: Preset) -> str:
    """The file that says it, to be copied."""
    return Path(found.path or HERE / f"{found.name}.toml").read_text("utf-8")


def _in(folder: Path, shown: str) -> dict[str, Preset]:
    return {
        path.stem: parse_preset(path.stem, _said(path, f"{shown}/{path.name}"), f"{shown}/{path.name}")
        for path in sorted(folder.glob("*.toml"))
    }


def _said(path: Path, shown: str) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise CustmetricsError(Problem("E189", f"this preset is not TOML: {fault}", Place(shown))) from None
    except OSError as fault:
        raise CustmetricsError(Problem("E187", f"this preset cannot be read: {fault.strerror}", Place(shown))) from None
