"""Each error of a store has its code, and no secret is ever shown."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.ingest.open.find import find
from custmetrics_cli.ingest.open.stores import store
from custmetrics_cli.ingest.open.stores.address import read_address
from custmetrics_cli.ingest.open.stores.errors import report, without_secrets
from tests.ingest.open.stores.conftest import KEYS, free_port


def refused(address: str, *tables: str) -> str:
    with pytest.raises(CustmetricsError) as caught:
        find([address], tables)
    problem = caught.value.problems[0]
    return f"{problem.place.path}: {problem.code} {problem.message}\nhint: {problem.hint}"


class Status(BaseHTTPRequestHandler):
    status = 200

    def do_HEAD(self) -> None:
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def status(s3: pytest.MonkeyPatch) -> Iterator[type[Status]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Status)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    s3.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
    s3.setattr(store, "ATTEMPTS", 1)
    yield Status
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("number", "found"),
    [
        (403, "E253 access was denied\nhint: sign in with aws configure"),
        (401, "E253 access was denied\nhint: sign in with aws configure"),
        (301, "hint: set AWS_REGION to the region of the bucket"),
        (503, "E224 cannot be read: "),
    ],
)
def test_each_answer_of_a_store_has_its_code(status: type[Status], number: int, found: str) -> None:
    status.status = number
    assert found in refused("s3://shop/a.csv")


def test_a_store_that_is_not_there(s3: pytest.MonkeyPatch) -> None:
    s3.setattr(store, "ATTEMPTS", 1)
    s3.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    assert "E254 cannot be reached: " in refused("s3://shop/a.csv")


def test_a_store_that_does_not_answer(s3: pytest.MonkeyPatch) -> None:
    s3.setattr(store, "ATTEMPTS", 1)
    s3.setattr(store, "ANSWER", 1)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        s3.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        assert "E255 the store did not answer in time" in refused("s3://shop/a.csv")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Unable to load libjvm dlopen(/x) failed", "E256 needs Java"),
        ("Unable to load libhdfs: libhdfs.so: cannot open shared object file", "E256 needs Hadoop's libhdfs"),
        ("google::cloud::Status(UNAVAILABLE: Could not create a OAuth2 access token, Could not resolve host", "E253 access was denied"),
        ("ClientSecretCredential authentication unavailable", "E253 access was denied"),
        ("Status 404, Error Code: ContainerNotFound", "E251 the bucket 'shop' was not found"),
        ("AWS Error NO_SUCH_BUCKET during ListObjectsV2 operation", "E251 the bucket 'shop' was not found"),
        ("AWS Error SLOW_DOWN during HeadObject operation: token unseen/secret", "E224 cannot be read: AWS Error SLOW_DOWN"),
    ],
)
def test_the_texts_of_other_stores(s3: pytest.MonkeyPatch, text: str, found: str) -> None:
    with pytest.raises(CustmetricsError) as caught, report(read_address("abfs://shop@account.dfs.core.windows.net/a.csv")):
        raise OSError(text)
    (problem,) = caught.value.problems
    assert f"{problem.code} {problem.message}".startswith(found)
    assert KEYS["AWS_SECRET_ACCESS_KEY"] not in str(problem)


@pytest.mark.parametrize(
    "address",
    [
        "s3://AKIA1:hidden@shop/a.csv",
        "s3://hidden@shop/a.csv",
        "s3://shop/a.csv?access_key=A&secret_key=hidden",
        "s3://shop/a.csv?X-Amz-Signature=hidden",
        "gs://shop/a.csv?access_token=hidden",
        "gs://hidden@shop/a.csv",
        "abfs://shop:hidden@account.dfs.core.windows.net/a.csv",
        "abfss://:hidden@account.blob.core.windows.net/shop/a.csv",
        "abfs://shop@account.dfs.core.windows.net/a.csv?sig=hidden",
        "https://user:hidden@example.com/a.csv",
        "customers=s3://AKIA1:hidden@shop/a.csv",
        "nothing=s3://AKIA1:hidden@shop/a.csv",
    ],
)
def test_credentials_in_an_address_are_refused_and_not_shown(address: str) -> None:
    text = refused(address, "customers")
    assert "E257" in text
    assert "hidden" not in text
    assert "AKIA1" not in text


def test_secrets_of_the_environment_are_not_shown(s3: pytest.MonkeyPatch) -> None:
    s3.setenv("AZURE_CLIENT_SECRET", "s3cr3t")
    assert without_secrets("key AKIAUNSEEN, unseen/secret and s3cr3t") == "key ***, *** and ***"


@pytest.mark.parametrize(
    ("address", "code", "hint"),
    [
        ("https://example.com/a.csv?x=1", "E229", 'curl -sSfL "https://example.com/a.csv?x=1" | custmetrics inspect -'),
        ("az://shop/x/a.csv", "E229", "write abfs://shop@ACCOUNT.dfs.core.windows.net/x/a.csv"),
        ("ftp://example.com/a.csv", "E229", "copy the file to this machine"),
        ("s3:///a.csv", "E224", "write s3://BUCKET/FILE"),
        ("s3://shop/a.csv?x=1", "E224", "the options of an address are region, scheme, endpoint_override"),
    ],
)
def test_other_addresses_are_refused_with_a_way(address: str, code: str, hint: str) -> None:
    text = refused(address)
    assert f": {code} " in text
    assert hint in text
