"""Functions that a declaration names as text, so that reading declarations imports no dataframe library."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

ROOT = "custmetrics_cli.metrics"


def resolve(name: str) -> Callable[..., Any]:
    """Return the function that a text such as "revenue.ledger.frames:ledger" names: a module of metrics, and its function."""
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(f"{ROOT}.{module}"), function)
    return found
