"""Find and copy files of object stores, by pyarrow.fs. It finds the credentials in the environment or in the vendor's own files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, near
from custmetrics_cli.core.safety.reading import changed_problem
from custmetrics_cli.ingest.open.stores.address import Address, read_address
from custmetrics_cli.ingest.open.stores.errors import missing_bucket, report
from custmetrics_cli.ingest.open.temp_files import Scratch

CONNECT, ANSWER, ATTEMPTS = 5, 10, 3  # seconds to connect, seconds without a byte, and how often they are tried
PATIENCE = 20  # seconds of attempts at gs://, where the library would try for 15 minutes


def files_at(text: str, is_part: Callable[[str], object]) -> list[str]:
    """Return the address itself, or the files in it if it is a folder.

    is_part: called with the name of a folder in it; True if it holds parts of a table. Raises E224, E229, E257 to E256.
    """
    address = read_address(text)
    with report(address):
        store, path = open_store(address)
        import pyarrow.fs as fs

        info = store.get_file_info(path)
        if info.type == fs.FileType.File:
            return [text]
        found = [] if info.type == fs.FileType.NotFound else [*_files_in(store, path, is_part)]
        if info.type == fs.FileType.NotFound:
            raise CustmetricsError(_missing(address, store, path))
    base = text.partition("?")[0].rstrip("/")
    options = text[len(text.partition("?")[0]) :]
    return [f"{base}{name.removeprefix(path.rstrip('/'))}{options}" for name in found]


def copy_of(text: str, scratch: Scratch) -> Path:
    """Copy a file to this machine. Raises E224, E230, E251 to E256."""
    address = read_address(text)
    with report(address):
        store, path = open_store(address)
        before = store.get_file_info(path)
        with store.open_input_stream(path, compression=None) as stream:
            copy = scratch.copy(stream)
        after = store.get_file_info(path)
    if (before.size, before.mtime_ns) != (after.size, after.mtime_ns) or copy.stat().st_size != after.size:
        raise CustmetricsError(changed_problem(text, "was changed"))
    return copy


def open_store(address: Address) -> tuple[Any, str]:
    """Return the file system of an address, and its path there. Nothing is asked for yet."""
    import pyarrow.fs as fs

    path = f"{address.bucket}/{address.key}".rstrip("/")
    if address.scheme == "s3":
        return _s3(address, fs), path
    uri = f"{address.scheme}://{address.bucket}/{quote(address.key)}"
    if address.scheme == "gs":
        uri += f"?retry_limit_seconds={PATIENCE}"
    store, path = fs.FileSystem.from_uri(uri)
    return store, path


def _s3(address: Address, fs: Any) -> Any:
    options = address.options
    endpoint = options.get("endpoint_override") or os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    region = options.get("region")
    if not (endpoint or region or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")):
        region = fs.resolve_s3_region(address.bucket)
    return fs.S3FileSystem(
        region=region,
        endpoint_override=endpoint,
        scheme=options.get("scheme"),
        connect_timeout=CONNECT,
        request_timeout=ANSWER,
        retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=ATTEMPTS),
    )


def _files_in(store: Any, path: str, is_part: Callable[[str], object]) -> Iterator[str]:
    """Yield the files of a folder, and those in its folders that hold parts of a table."""
    import pyarrow.fs as fs

    for each in store.get_file_info(fs.FileSelector(path)):
        if each.type == fs.FileType.File:
            yield each.path
        elif is_part(each.base_name):
            yield from _files_in(store, each.path, is_part)


def _missing(address: Address, store: Any, path: str) -> Problem:
    """Return the problem of a bucket or a file that is not there, with similar names."""
    import pyarrow.fs as fs

    bucket, _, _ = path.partition("/")
    if store.get_file_info(bucket).type == fs.FileType.NotFound:
        return missing_bucket(address)
    folder, _, name = path.rpartition("/")
    names = [each.base_name for each in store.get_file_info(fs.FileSelector(folder, allow_not_found=True))] if folder else []
    return Problem("E252", "file not found", Place(address.text), near(name, names) if names else f"the folder '{folder}' has no files")
