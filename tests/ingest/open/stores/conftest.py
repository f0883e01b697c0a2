"""An S3 server on this machine: one for each process of the tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

SERVER = Path(sys.executable).with_name("moto_server")
KEYS = {"AWS_ACCESS_KEY_ID": "AKIAUNSEEN", "AWS_SECRET_ACCESS_KEY": "unseen/secret", "AWS_REGION": "us-east-1"}
_numbers = count()


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def is_up(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start the server and return its URL."""
    if not SERVER.exists():
        pytest.skip("moto_server is not installed: pip install 'moto[server,s3]'")
    port = free_port()
    environment = {**os.environ, **KEYS}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([SERVER, "-H", "127.0.0.1", "-p", str(port)], env=environment, **quiet)
    try:
        end = time.monotonic() + 60
        while not is_up(port):
            assert process.poll() is None, "the server stopped"
            assert time.monotonic() < end, "the server does not start"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Set the keys of a user, and no store."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in {**KEYS, "AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": "", "AWS_SHARED_CREDENTIALS_FILE": ""}.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


class Bucket:
    """A new bucket, to which a test writes files."""

    def __init__(self, server: str) -> None:
        import pyarrow.fs as fs

        self.name = f"shop{next(_numbers)}"
        self._store: Any = fs.S3FileSystem(endpoint_override=server, allow_bucket_creation=True)
        self._store.create_dir(self.name)

    def write(self, key: str, data: bytes) -> str:
        with self._store.open_output_stream(f"{self.name}/{key}") as stream:
            stream.write(data)
        return self.address(key)

    def address(self, key: str = "") -> str:
        return f"s3://{self.name}/{key}"


@pytest.fixture
def bucket(server: str, s3: pytest.MonkeyPatch) -> Bucket:
    s3.setenv("AWS_ENDPOINT_URL", server)
    return Bucket(server)
