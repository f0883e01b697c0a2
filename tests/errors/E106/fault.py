"""The settings file can be changed by anyone."""

from pathlib import Path


def break_it(_: object) -> None:
    Path("custmetrics.toml").chmod(0o666)
