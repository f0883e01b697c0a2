"""The address of a file in an object store. It never holds credentials: a command line is visible to others and is kept in histories."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, quote_for_shell

SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
STORES = ("s3", "gs", "gcs", "abfs", "abfss", "hdfs")
AZURE = ("az", "azure", "adl", "wasb", "wasbs")  # schemes of other programs for the stores of abfs
OPTIONS = ("region", "scheme", "endpoint_override")  # that may follow a question mark
SECRET = re.compile(r"key|token|secret|password|credential|sig", re.IGNORECASE)  # in the name of an option
SIGN_IN = {
    "s3": "sign in with aws configure, or set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION",
    "gs": "sign in with gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS",
    "abfs": "sign in with az login, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET",
    "hdfs": "sign in with kinit",
}


class Address(NamedTuple):
    """An address in its parts."""

    text: str
    scheme: str  # "s3", "gs", "abfs", "abfss", "hdfs"
    bucket: str  # with the account or the port behind it: shop, container@account.dfs.core.windows.net, node:8020
    key: str  # as it is: it is not encoded
    options: dict[str, str]

    @property
    def sign_in(self) -> str:
        return SIGN_IN[self.scheme.removesuffix("s") if self.scheme == "abfss" else self.scheme]


def scheme_of(path: str) -> str:
    """Return the scheme of an address; "" for a path.

    >>> scheme_of("s3://shop/orders.csv"), scheme_of("C:/orders.csv"), scheme_of("orders.csv")
    ('s3', '', '')
    """
    match = SCHEME.match(path)
    return match[1].lower() if match else ""


def read_address(text: str) -> Address:
    """Split an address. Raises E229 for one that is not read, E257 for credentials in it, E224 for one without a bucket."""
    scheme = scheme_of(text)
    _check_credentials(text, scheme)
    if scheme not in STORES:
        raise CustmetricsError(_unknown(text, scheme))
    rest, _, query = text.partition("://")[2].partition("?")
    bucket, _, key = rest.partition("/")
    options = dict(parse_qsl(query, keep_blank_values=True))
    if wrong := [name for name in options if name not in OPTIONS]:
        raise unreadable(text, f"has an unknown option: {wrong[0]}", f"the options of an address are {', '.join(OPTIONS)}")
    if not bucket:
        raise unreadable(text, "has no bucket", f"write {scheme}://BUCKET/FILE")
    return Address(text, "gs" if scheme == "gcs" else scheme, bucket, key.strip("/"), options)


def unreadable(text: str, message: str, hint: str) -> CustmetricsError:
    """Return E224 for an address that gives no file."""
    return CustmetricsError(Problem("E224", message, Place(text), hint))


def _check_credentials(text: str, scheme: str) -> None:
    """Raise E257 without a word of the credentials."""
    before, _, after = text.partition("://")[2].partition("/")[0].rpartition("@")
    is_allowed = not before or (scheme in ("abfs", "abfss") and ":" not in before) or (scheme, before) == ("gs", "anonymous")
    names = [name for name, _ in parse_qsl(text.partition("?")[2], keep_blank_values=True)]
    if is_allowed and not any(map(SECRET.search, names)):
        return
    place = Place(f"{scheme}://{after or text.partition('://')[2].partition('/')[0].partition('?')[0]}/…")
    hint = SIGN_IN.get(scheme.removesuffix("s") if scheme == "abfss" else scheme, "leave them out")
    if scheme in ("http", "https"):
        hint = "pipe it in: curl -sSfL ADDRESS | custmetrics inspect -"
    raise CustmetricsError(Problem("E257", "holds credentials, which others can see on a command line", place, hint))


def _unknown(text: str, scheme: str) -> Problem:
    message, hint = f"cannot be read from {scheme}://", "copy the file to this machine and pass its path"
    if scheme in ("http", "https"):
        message = "is not fetched from the web"
        hint = f"download it and pipe it in: curl -sSfL {quote_for_shell(text)} | custmetrics inspect -"
    if scheme in AZURE:
        container, _, key = text.partition("://")[2].partition("/")
        hint = f"write abfs://{container.partition('@')[0] or 'CONTAINER'}@ACCOUNT.dfs.core.windows.net/{key or 'FILE'}"
    return Problem("E229", message, Place(text), hint)
