"""Profiles: the definitions that other systems document, one TOML file each.

Every TOML file in this folder is a profile. The user's own are in a folder `profiles` beside custmetrics.toml. They override built-in
profiles of the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.profiles._parse import HINT, parse_profile
from custmetrics_cli.profiles._profile import Profile as Profile

HERE = Path(__file__).parent


def profiles(own: str = "") -> Mapping[str, Profile]:
    """Return all profiles by name, sorted. own: the user's folder; '' = none. Raises CustmetricsError E235 to E238."""
    return shipped() if not own else dict(sorted({**shipped(), **_read_folder(Path(own), own)}.items()))


@cache
def shipped() -> Mapping[str, Profile]:
    return {name: profile._replace(path="") for name, profile in _read_folder(HERE, "custmetrics").items()}


def text_of(profile: Profile) -> str:
    """Return the text of a profile's file, to be copied."""
    return Path(profile.path or HERE / f"{profile.name}.toml").read_text("utf-8")


def _read_folder(folder: Path, shown: str) -> dict[str, Profile]:
    paths = {path: f"{shown}/{path.name}" for path in sorted(folder.glob("*.toml"))}
    return {path.stem: parse_profile(path.stem, _read_toml(path, name), name) for path, name in paths.items()}


def _read_toml(path: Path, shown: str) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        reason = f"it is not TOML: {error}"
    except OSError as error:
        reason = error.strerror or "system error"
    raise CustmetricsError(Problem("E235", f"this profile cannot be read: {reason}", Place(shown), HINT))
