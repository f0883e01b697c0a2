"""Files in object stores are read by their address. The store of these tests is a small server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.open.find import find
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import unpack
from tests.support.workbooks import write_xlsx

TEXT = b"customer_id,started_at\n1,2022-01-01\n"
LISTED = '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated><KeyCount>{}</KeyCount>{}</ListBucketResult>'
FILE = "<Contents><Key>{}</Key><Size>{}</Size><LastModified>2022-01-01T00:00:00.000Z</LastModified></Contents>"


class Store(BaseHTTPRequestHandler):
    """The few answers of S3 that reading needs."""

    files: dict[str, bytes] = {}  # noqa: RUF012

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        key = path.strip("/").partition("/")[2]
        if "list-type=2" in query:
            found = "".join(FILE.format(name, len(data)) for name, data in self.files.items())
            self._answer(200, LISTED.format(len(self.files), found).encode())
        elif key in self.files or not key:
            self._answer(200, self.files.get(key, b""))
        else:
            self._answer(404, b"")

    def _answer(self, status: int, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("x-amz-bucket-region", "us-east-1")
        self.send_header("Last-Modified", "Sat, 01 Jan 2022 00:00:00 GMT")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Store)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"}
    for name, value in {**settings, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}"}.items():
        monkeypatch.setenv(name, value)
    Store.files = {}
    yield Store.files
    server.shutdown()
    server.server_close()


def opened(address: str) -> list[tuple[str, bytes]]:
    with Scratch() as scratch:
        return [(each.source.path, each.path.read_bytes()) for file in find([address], ()) for each in unpack(file, scratch)]


def refused(address: str) -> tuple[str, str, str]:
    with pytest.raises(CustmetricsError) as caught:
        find([address], ())
    problem = caught.value.problems[0]
    return problem.code, problem.message, problem.hint


def test_a_file_and_a_sheet_of_a_store_are_read(store: dict[str, bytes], tmp_path: Path) -> None:
    store["exports/a.csv"] = TEXT
    store["book.xlsx"] = write_xlsx(tmp_path / "a.xlsx", {"S": [["id"], [1]], "T": [["id"], [2]]}).read_bytes()
    assert opened("s3://shop/exports/a.csv") == [("s3://shop/exports/a.csv", TEXT)]
    assert opened("s3://shop/book.xlsx#T") == [("s3://shop/book.xlsx#T", b"id\n2\n")]


def test_a_folder_of_a_store_gives_its_data_files(store: dict[str, bytes]) -> None:
    store.update({"exports/b.csv": TEXT, "exports/a.csv": TEXT, "exports/notes.md": b"x"})
    files = [f"s3://shop/exports/{name}.csv" for name in "ab"]
    assert find(["s3://shop/exports"], ()) == [InputFile(path, is_named=False) for path in files]


def test_a_missing_file_is_refused_with_a_hint(store: dict[str, bytes]) -> None:
    code, message, hint = refused("s3://shop/a.csv")
    assert (code, "AWS_ACCESS_KEY_ID" in hint) == ("E224", True), message


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("https://example.com/a.csv?x=1", 'curl -sSfL "https://example.com/a.csv?x=1" | custmetrics inspect -'),
        ("az://shop/a.csv", "abfs://CONTAINER@ACCOUNT"),
        ("ftp://example.com/a.csv", "copy the file to this machine"),
    ],
)
def test_other_addresses_are_refused_with_a_way(address: str, hint: str) -> None:
    code, _, found = refused(address)
    assert (code, hint in found) == ("E229", True)
