"""A sum on the cluster does not fit."""

from custmetrics_cli.engines import spark
from custmetrics_cli.engines.cluster.failures import spark_failures


class SparkError(Exception):
    __module__ = "pyspark.errors"


@spark_failures()
def fail(*_):
    raise SparkError("[ARITHMETIC_OVERFLOW] long overflow. Use 'try_add' to tolerate overflow and return NULL instead. SQLSTATE: 22003")


def break_it(monkeypatch):
    monkeypatch.setattr(spark, "check_installed", lambda master: None)
    monkeypatch.setattr(spark.SparkEngine, "prepare", lambda engine: None)
    monkeypatch.setattr(spark.SparkEngine, "finish", fail)
