"""The workers have another Python, without pyarrow."""

from custmetrics_cli.engines import spark
from custmetrics_cli.engines.cluster.failures import spark_failures

WORDS = """An exception was thrown from the Python worker:
Traceback (most recent call last):
  File "worker.py", line 1, in main
ModuleNotFoundError: No module named 'pyarrow'
"""


class SparkError(Exception):
    __module__ = "pyspark.errors"


@spark_failures()
def fail(*_):
    raise SparkError(WORDS)


def break_it(monkeypatch):
    monkeypatch.setattr(spark, "check_installed", lambda master: None)
    monkeypatch.setattr(spark.SparkEngine, "prepare", lambda engine: None)
    monkeypatch.setattr(spark.SparkEngine, "finish", fail)
