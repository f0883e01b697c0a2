"""The workers have too little memory."""

from custmetrics_cli.engines import spark
from custmetrics_cli.engines.cluster.failures import spark_failures


class SparkError(Exception):
    __module__ = "pyspark.errors"


@spark_failures()
def fail(*_):
    raise SparkError("Job aborted due to stage failure: java.lang.OutOfMemoryError: Java heap space")


def break_it(monkeypatch):
    monkeypatch.setattr(spark, "check_installed", lambda master: None)
    monkeypatch.setattr(spark.SparkEngine, "prepare", lambda engine: None)
    monkeypatch.setattr(spark.SparkEngine, "finish", fail)
