"""A session of Spark: on this machine, on a cluster (classic), or through a server of Spark Connect.

The settings of a cluster are the user's own (SPARK_CONF_DIR). Those that keep numbers right are set for this session.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.safety.temp_folders import make_folder, remove
from custmetrics_cli.engines.cluster.failures import NO_JAVA, NO_PYSPARK, not_started

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "local[*]"
CONNECT = "sc://"
LEAST = 1 << 30  # bytes of the Java side: with less it refuses to start, or stands still
PATIENCE = 10  # seconds
FEW_TRIES = 5  # of a server of Spark Connect: they take 20 seconds; PySpark's own 15 take ten minutes
EXACT = {
    "spark.sql.ansi.enabled": "true",  # without it a sum wraps around in silence
    "spark.sql.caseSensitive": "true",  # headers may differ by case alone
}
ON_THIS_MACHINE = {
    "spark.driver.host": "127.0.0.1",  # the rows are offered to this machine alone
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",  # it would open a port
    "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
}
LOCAL_DIRS = "SPARK_LOCAL_DIRS"

_users: list[str] = []  # an entry for each engine that uses the session
_opened: list[Any] = []  # the session and its private folder


def chosen_master(master: str) -> str:
    """Return the address of the cluster: --master, else SPARK_REMOTE, else this machine."""
    return master or os.environ.get("SPARK_REMOTE", "") or LOCAL


def check_installed(master: str) -> None:
    """Raises CustmetricsError E280 without pyspark, E281 without Java where this machine needs it."""
    modules = ("pyspark", "grpc", "google.protobuf") if master.startswith(CONNECT) else ("pyspark", "py4j")
    if not all(map(_is_installed, modules)):
        raise CustmetricsError(NO_PYSPARK)
    home = os.environ.get("JAVA_HOME")
    has_java = (Path(home) / "bin" / "java").exists() if home else shutil.which("java")
    if not master.startswith(CONNECT) and not has_java:
        raise CustmetricsError(NO_JAVA)


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):  # a part of a package that is not installed
        return False


def open_session(master: str, memory: int) -> SparkSession:
    """Return the session of this process, which engines share. memory: bytes of the Java side on this machine, 0 = its own limit.

    Raises CustmetricsError E282.
    """
    if not _users:
        folder = make_folder()
        try:
            _opened[:] = [_open(master, memory, folder), folder]
        except BaseException:
            remove(folder)
            raise
    _users.append(master)
    session: SparkSession = _opened[0]
    return session


def close_session() -> None:
    """End the session when its last engine closes."""
    _users.pop()
    if not _users:
        session, folder = _opened
        _end(session)
        remove(folder)


def send_package(session: SparkSession, write: Callable[[Path], Path]) -> None:
    """Send a zip of Python code to the workers, once in a session. write: makes the zip in a folder."""
    folder = _opened[1] / "sent"
    if not folder.exists():
        folder.mkdir()
        session.addArtifacts(str(write(folder)), pyfile=True)


def _open(master: str, memory: int, folder: Path) -> SparkSession:
    log = folder / "spark.log"
    try:
        session = _connect(master) if master.startswith(CONNECT) else _start(master, memory, folder, log)
        for name, value in EXACT.items():
            session.conf.set(name, value)
    except Exception as error:
        raise not_started(master, error, log) from error
    return session


def _connect(address: str) -> SparkSession:
    from pyspark.sql import SparkSession
    from pyspark.sql.connect.client.retries import DefaultPolicy

    session: SparkSession = SparkSession.builder.remote(address).create()
    _few_tries(session)
    _ = session.version  # the server answers
    session.client.set_retry_policies([DefaultPolicy()])
    return session


def _few_tries(session: SparkSession) -> None:
    from pyspark.sql.connect.client.retries import DefaultPolicy

    session.client.set_retry_policies([DefaultPolicy(max_retries=FEW_TRIES)])


def _start(master: str, memory: int, folder: Path, log: Path) -> SparkSession:
    """Start the Java side with its output in a file: no setting keeps it from the terminal."""
    os.environ.pop("SPARK_REMOTE", None)  # --master overrides it, and PySpark refuses both
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # its workers are on this machine
    conf = SparkConf(loadDefaults=False).setMaster(master).setAppName("custmetrics").setAll([*_settings(master, memory).items()])
    with log.open("wb") as written, _local_folder(folder):
        gateway = launch_gateway(conf, {"stdout": written, "stderr": written})
    context = SparkContext(conf=conf, gateway=gateway)
    return SparkSession(context)


@contextmanager
def _local_folder(folder: Path) -> Iterator[None]:
    """Let Java spill to a private folder on this machine, unless the user has another. Workers have their own."""
    is_free = LOCAL_DIRS not in os.environ
    if is_free:
        os.environ[LOCAL_DIRS] = str(folder)
    try:
        yield
    finally:
        if is_free:
            del os.environ[LOCAL_DIRS]


def _settings(master: str, memory: int) -> dict[str, Any]:
    settings: dict[str, Any] = {**EXACT}
    if master.startswith("local"):
        settings |= ON_THIS_MACHINE
        if memory:
            settings["spark.driver.memory"] = f"{max(LEAST, memory) >> 20}m"
    return settings


def _end(session: SparkSession) -> None:
    """Stop a session, and wait for the end of its Java side on this machine."""
    context = getattr(session, "_sc", None)
    if context is None:  # Spark Connect
        _few_tries(session)
    process = getattr(getattr(context, "_gateway", None), "proc", None)
    session.stop()
    if context is not None and process:
        process.stdin.close()  # it ends when nobody can write to it
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
        type(context)._gateway = type(context)._jvm = None  # the next session starts another
