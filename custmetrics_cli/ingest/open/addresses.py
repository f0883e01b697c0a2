"""Files in object stores: s3://bucket/key, gs:// and abfs://. The credentials come from the environment or the vendor's own files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, quote_for_shell
from custmetrics_cli.ingest.open.temp_files import Scratch

ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
STORES = ("s3", "gs", "gcs", "abfs", "abfss", "hdfs")
SIGN_IN = {
    "s3": "sign in with aws configure, or set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION",
    "gs": "sign in with gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS",
    "gcs": "sign in with gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS",
    "abfs": "sign in with az login, and write abfs://CONTAINER@ACCOUNT.dfs.core.windows.net/FILE",
    "abfss": "sign in with az login, and write abfss://CONTAINER@ACCOUNT.dfs.core.windows.net/FILE",
    "hdfs": "install Java and Hadoop's libhdfs, and set JAVA_HOME, HADOOP_HOME and CLASSPATH",
}


def scheme_of(path: str) -> str:
    """Return the scheme of an address; "" for a path.

    >>> scheme_of("s3://shop/orders.csv"), scheme_of("C:/orders.csv"), scheme_of("orders.csv")
    ('s3', '', '')
    """
    match = ADDRESS.match(path)
    return match[1].lower() if match else ""


def files_at(address: str) -> list[str]:
    """Return the address itself, or the files in it if it is a folder. Raises E224, E229."""
    _check_scheme(address)
    with _report(address):
        store, path = _store(address)
        import pyarrow.fs as fs

        info = store.get_file_info(path)
        if info.type == fs.FileType.NotFound:
            raise FileNotFoundError("there is no such file")
        if info.type == fs.FileType.File:
            return [address]
        found = store.get_file_info(fs.FileSelector(path))
        return [f"{address.rstrip('/')}/{each.base_name}" for each in found if each.type == fs.FileType.File]


def copy_of(address: str, scratch: Scratch) -> Path:
    """Copy a file to this machine. Raises E224."""
    with _report(address):
        store, path = _store(address)
        with store.open_input_stream(path, compression=None) as stream:
            return scratch.copy(stream)


def _store(address: str) -> tuple[Any, str]:
    import pyarrow.fs as fs

    store, path = fs.FileSystem.from_uri(address)
    return store, path


def _check_scheme(address: str) -> None:
    scheme = scheme_of(address)
    if scheme in STORES:
        return
    message, hint = f"cannot be read from {scheme}://", "copy the file to this machine and pass its path"
    if scheme in ("http", "https"):
        message, hint = (
            "is not fetched from the web",
            f"download it and pipe it in: curl -sSfL {quote_for_shell(address)} | custmetrics inspect -",
        )
    if scheme in ("az", "azure", "wasb", "wasbs"):
        hint = "write abfs://CONTAINER@ACCOUNT.dfs.core.windows.net/FILE"
    raise CustmetricsError(Problem("E229", message, Place(address), hint))


@contextmanager
def _report(address: str) -> Iterator[None]:
    """Turn the errors of the object store into E224."""
    try:
        yield
    except (OSError, ValueError, NotImplementedError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise CustmetricsError(Problem("E224", f"cannot be read: {reason}", Place(address), SIGN_IN[scheme_of(address)])) from None
