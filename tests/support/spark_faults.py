"""Faults of a cluster, without a cluster: the engine fails with the text that Spark gives."""

from __future__ import annotations

import pytest

from custmetrics_cli.engines import spark
from custmetrics_cli.engines.cluster.failures import spark_failures


class SparkError(Exception):
    __module__ = "pyspark.errors"


def fail_with(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Let the engine of Spark end with an error of this text."""

    @spark_failures()
    def fail(*_: object) -> None:
        raise SparkError(text)

    monkeypatch.setattr(spark, "check_installed", lambda master: None)
    monkeypatch.setattr(spark.SparkEngine, "prepare", lambda engine: None)
    monkeypatch.setattr(spark.SparkEngine, "finish", fail)
