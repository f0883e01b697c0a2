"""A standalone cluster of Spark on this machine: a master, two workers, and perhaps a server of Spark Connect. Each is ended by its pid."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

Session = Any  # of PySpark, which most installations do not have
PATIENCE = 240  # seconds that a part may take to start on a busy machine
MASTER = "org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 0 --webui-port 0"
WORKER = "org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --port 0 --webui-port 0 --cores 1 --memory 1g"
CONNECT = "--class org.apache.spark.sql.connect.service.SparkConnectServer --conf spark.connect.grpc.binding.address=127.0.0.1"
# Small results: few tasks for each query, and a compiler that is ready early.
SETTINGS = """\
spark.sql.shuffle.partitions 2
spark.ui.enabled false
spark.driver.host 127.0.0.1
spark.driver.bindAddress 127.0.0.1
spark.executor.memory 700m
spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
spark.executor.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
"""


def environment(folder: Path, memory: str = "256m") -> dict[str, str]:
    """Return the environment of a part of the cluster, and of a program that uses it: its settings are in a folder."""
    from pyspark.find_spark_home import _find_spark_home

    (folder / "spark-defaults.conf").write_text(SETTINGS, "utf-8")
    own = {"SPARK_HOME": _find_spark_home(), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1", "PYSPARK_PYTHON": sys.executable}
    return {**os.environ, **own, "SPARK_DAEMON_MEMORY": memory, "SPARK_CONF_DIR": str(folder)}


@contextmanager
def part(folder: Path, name: str, command: str, memory: str = "256m") -> Iterator[Path]:
    """Run a part of the cluster, and yield the file of what it writes."""
    env, log = environment(folder, memory), folder / f"{name}.log"
    program, *arguments = command.split()
    with log.open("wb") as written:
        words = [f"{env['SPARK_HOME']}/bin/{program}", *arguments]
        process = subprocess.Popen(words, env=env, stdout=written, stderr=written, cwd=folder, start_new_session=True)
    try:
        yield log
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(pattern: str, log: Path) -> str:
    """Return the words in the log of a part that tell that it is ready."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := re.search(pattern, log.read_text("utf-8", "replace")):
            return found[0]
        time.sleep(0.2)
    raise AssertionError(f"{log.name} does not say {pattern}:\n{log.read_text('utf-8', 'replace')[-2000:]}")


@contextmanager
def standalone(folder: Path) -> Iterator[str]:
    """Start a master and two workers, and yield the address of the master."""
    with ExitStack() as stack:
        address = wait_for(r"spark://[\d.:]+", stack.enter_context(part(folder, "master", f"spark-class {MASTER}")))
        workers = [stack.enter_context(part(folder, f"worker-{n}", f"spark-class {WORKER} {address}")) for n in (1, 2)]
        for log in workers:
            wait_for("Successfully registered", log)
        yield address


@contextmanager
def connect_server(folder: Path, master: str) -> Iterator[str]:
    """Start a server of Spark Connect on a cluster, and yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = f"spark-submit --master {master} {CONNECT} --conf spark.connect.grpc.binding.port={port} spark-internal"
    with part(folder, "connect", command, "1g") as log:
        wait_for("Spark Connect server started", log)
        yield f"sc://127.0.0.1:{port}"


@contextmanager
def one_session(address: str) -> Iterator[Session]:
    """Keep the session of Spark open: a start takes longer than a metric."""
    from custmetrics_cli.engines.cluster.session import close_session, open_session

    yield open_session(address, 0)
    close_session()
