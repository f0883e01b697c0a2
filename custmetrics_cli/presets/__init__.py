"""Presets: the layouts of vendors' exports, one TOML file each.

Every TOML file in this folder is a preset. The user's own are in a folder `presets` beside custmetrics.toml. They override built-in
presets of the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import tomli

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.presets._parse import parse_preset
from custmetrics_cli.presets._preset import Preset as Preset
from custmetrics_cli.presets._preset import RowChoice as RowChoice

HERE = Path(__file__).parent


def presets(own: str = "") -> Mapping[str, Preset]:
    """Return all presets by name, sorted. own: the user's folder; '' = none. Raises E187 to E189."""
    return shipped() if not own else dict(sorted({**shipped(), **_read_folder(Path(own), own)}.items()))


@cache
def shipped() -> Mapping[str, Preset]:
    return {name: preset._replace(path="") for name, preset in _read_folder(HERE, "custmetrics").items()}


def text_of(preset: Preset) -> str:
    """Return the text of a preset's file, to be copied."""
    return Path(preset.path or HERE / f"{preset.name}.toml").read_text("utf-8")


def _read_folder(folder: Path, shown: str) -> dict[str, Preset]:
    paths = {path: f"{shown}/{path.name}" for path in sorted(folder.glob("*.toml")) if path.is_file() or path.is_dir()}
    return {path.stem: parse_preset(path.stem, _read_toml(path, name), name) for path, name in paths.items()}


def _read_toml(path: Path, shown: str) -> dict[str, object]:
    try:
        return tomli.loads(path.read_text("utf-8-sig"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        hint = "correct the file; custmetrics presets NAME shows a working one"
        raise CustmetricsError(Problem("E189", f"this preset is not TOML: {error}", Place(shown), hint)) from None
    except OSError as error:
        hint = "check the path and its permissions"
        raise CustmetricsError(Problem("E187", f"this preset cannot be read: {error.strerror}", Place(shown), hint)) from None
