"""The engines that tests run on: those of every installation, and Spark where it is chosen (make test-spark)."""

from __future__ import annotations

from typing import Any

import pytest

from custmetrics_cli.engines.base import ENGINES as ALL

ENGINES = tuple(name for name in ALL if name != "spark")
EVERY_ENGINE: tuple[Any, ...] = (*ENGINES, pytest.param("spark", marks=pytest.mark.spark))
