"""A byte of a file is not what was written."""

from custmetrics_cli.engines import spark
from custmetrics_cli.engines.cluster.failures import spark_failures


class SparkError(Exception):
    __module__ = "pyspark.errors"


@spark_failures()
def fail(*_):
    raise SparkError("could not verify page integrity, CRC checksum verification failed for column [id] INT64")


def break_it(monkeypatch):
    monkeypatch.setattr(spark, "check_installed", lambda master: None)
    monkeypatch.setattr(spark.SparkEngine, "prepare", lambda engine: None)
    monkeypatch.setattr(spark.SparkEngine, "finish", fail)
