"""The workers are other machines, without this folder."""

from custmetrics_cli.engines import spark
from custmetrics_cli.engines.cluster.failures import spark_failures


class SparkError(Exception):
    __module__ = "pyspark.errors"


@spark_failures()
def fail(*_):
    raise SparkError("[FAILED_READ_FILE.FILE_NOT_EXIST] File does not exist: file:/tmp/rows-0/0.parquet. SQLSTATE: KD001")


def break_it(monkeypatch):
    monkeypatch.setattr(spark, "check_installed", lambda master: None)
    monkeypatch.setattr(spark.SparkEngine, "prepare", lambda engine: None)
    monkeypatch.setattr(spark.SparkEngine, "finish", fail)
