"""The errors of Spark, as problems with a remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from custmetrics_cli.core.errors import CustmetricsError, Problem

NO_PYSPARK = Problem("E280", "--engine spark needs the package pyspark", hint="install it: pip install 'custmetrics[spark]'")
NO_JAVA = Problem(
    "E281",
    "--engine spark needs Java 17 or newer, and this machine has no java",
    hint="install it: sudo apt-get install openjdk-17-jre-headless; or use a Spark Connect server, which needs no Java here: "
    "--master sc://HOST:15002",
)
OVERFLOW = Problem(
    "E283",
    "a sum is too large for 64 bits: no answer is computed",
    hint="check the largest amounts: they must be in units of the currency, not in a smaller unit",
)
UNREADABLE = Problem(
    "E284",
    "the machines of the cluster do not see the files of this machine",
    hint="put inputs and outputs in a folder that they share with it; TMPDIR=/shared/folder moves temporary files there",
)
DAMAGED = Problem("E285", "a Parquet file is damaged: a checksum is wrong", hint="write the file again: it changed after it was written")
OUT_OF_MEMORY = Problem("E287", "Spark needs more memory", hint="allow more: --memory 8GB on one machine, else spark.executor.memory")
# Words in the text of an error, which workers send without its type -> the problem.
KNOWN = (
    (re.compile(r"ARITHMETIC_OVERFLOW"), OVERFLOW),
    (re.compile(r"verification failed, CRC checksum|CRC checksum|ChecksumException|checksum verification", re.IGNORECASE), DAMAGED),
    (re.compile(r"OutOfMemoryError|MetadataFetchFailed.*memory|exceeding memory limits|SparkOutOfMemory"), OUT_OF_MEMORY),
    (re.compile(r"PATH_NOT_FOUND|FileNotFoundException|FILE_NOT_EXIST|AccessControlException|Permission denied"), UNREADABLE),
)
REASON = re.compile(r"details = \"(.*)\"|(?:Exception|Error): (\S.*)|ERROR \S+ (\S.*)")  # of gRPC, of Java, of its log
WORKERS = "install the Python version of this machine with pyarrow and numpy on each worker, and set PYSPARK_PYTHON to its path"
LINE = 300  # characters of a message of Spark that are shown


@contextmanager
def spark_failures() -> Iterator[None]:
    """Raise CustmetricsError E283 to E289 where Spark cannot run a query."""
    try:
        yield
    except Exception as error:
        if isinstance(error, CustmetricsError) or not is_of_spark(error):
            raise
        raise CustmetricsError(problem_of(error)) from error


def is_of_spark(error: BaseException) -> bool:
    """Return True for errors of Spark, of its Java side, and of the connection to it. Narwhals gives some of them its own type."""
    modules = {kind.__module__.partition(".")[0] for each in (error, error.__cause__) for kind in type(each).__mro__}
    return not modules.isdisjoint({"pyspark", "py4j", "grpc"}) or isinstance(error, ConnectionError)


def problem_of(error: BaseException) -> Problem:
    """Return the problem that an error of Spark tells of."""
    text = f"{error} {error.__cause__ or ''}"
    for words, problem in KNOWN:
        if words.search(text):
            return problem
    if "Python worker" in text or "PYTHON_VERSION_MISMATCH" in text:
        return Problem("E289", f"the Python of the workers cannot run convert: {_last_line(text)}", hint=WORKERS)
    return Problem("E288", f"Spark cannot run the query: {first_line(text)}", hint="see the log of Spark on its master or server")


def first_line(text: str) -> str:
    """Return the first line of a text that contains words, without the position in Spark's source.

    >>> first_line("\\n\\n[X] no such column\\nJVM stacktrace: ...")
    '[X] no such column'
    """
    return next((line.strip()[:LINE] for line in text.splitlines() if re.search(r"\w", line)), "no reason is given")


def _last_line(text: str) -> str:
    """Return the error at the end of a traceback, or the first line.

    >>> _last_line("from the worker:\\nTraceback ...\\nModuleNotFoundError: No module named 'pyarrow'\\nJVM:")
    "ModuleNotFoundError: No module named 'pyarrow'"
    """
    errors = re.findall(r"^(?:pyspark\.\S*\.)?(\w+(?:Error|Exception): .*)", text, re.MULTILINE)
    return first_line(errors[0] if errors else text)


def not_started(master: str, error: BaseException, log: Path | None) -> CustmetricsError:
    """Return the error of a session that does not start. log: what its Java side wrote."""
    text = f"{error}\n{log.read_text('utf-8', 'replace') if log and log.exists() else ''}"
    reasons = REASON.findall(text)
    reason = next((word for found in reversed(reasons) for word in found if word), "") or first_line(str(error))
    old = "UnsupportedClassVersionError" in text
    hint = "install Java 17 and set JAVA_HOME to its folder" if old else "check that it runs and has the same version of Spark"
    return CustmetricsError(Problem("E282", f"Spark does not start at {master}: {first_line(reason)}", hint=hint))
