"""The errors of object stores as problems. The texts of the libraries may hold a secret: it is never shown."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.ingest.open.stores.address import Address, unreadable

SECRET = re.compile(r"(AWS|AZURE|GOOGLE|GCS|GCP)_\w*(KEY|SECRET|TOKEN|PASSWORD|CREDENTIALS)\w*")  # names of variables
DENIED = r"access.token|credential|gettoken|ACCESS.DENIED|permission|forbidden|unauth|authentication|authorization.*fail"
KEY_REFUSED = r"INVALID_ACCESS_KEY|InvalidAccessKeyId|SIGNATURE|UNRECOGNIZED_CLIENT|expired|\b40[13]\b"
KINDS = {  # the first whose pattern is in the text of the library
    "denied": f"{DENIED}|{KEY_REFUSED}",
    "slow": r"curlCode: 28|timed? ?out|deadline",
    "away": r"NETWORK_CONNECTION|curlCode: \d|could ?n.?o?t? (resolve|connect)|connection refused|failed to connect",
    "no bucket": r"NO_SUCH_BUCKET|NoSuchBucket|ContainerNotFound|bucket does not exist",
    "no library": r"libjvm|libhdfs",
}
REGION = re.compile(r"HTTP status 30[17]|\b30[17]\b|AuthorizationHeaderMalformed|PermanentRedirect")


@contextmanager
def report(address: Address) -> Iterator[None]:
    """Turn the errors of a library into E224 and E251 to E256."""
    try:
        yield
    except (OSError, ValueError, NotImplementedError) as error:
        raise CustmetricsError(_problem(address, error)) from None


def missing_bucket(address: Address) -> Problem:
    hint = "check its name"
    if address.scheme == "s3":
        hint = "check its name, or set AWS_ENDPOINT_URL if the store is not Amazon's"
    return Problem("E251", f"the bucket '{address.bucket.partition('@')[0]}' was not found", Place(address.text), hint)


def _problem(address: Address, error: Exception) -> Problem:
    text = without_secrets(" ".join(str(error).split()) or type(error).__name__)
    kind = next((kind for kind, pattern in KINDS.items() if re.search(pattern, text, re.IGNORECASE)), "")
    if kind == "no bucket":
        return missing_bucket(address)
    if not kind:
        return unreadable(address.text, f"cannot be read: {_reason(text)}", _other_hint(text)).problems[0]
    code, message, hint = {
        "denied": ("E253", "access was denied", address.sign_in),
        "away": ("E254", f"cannot be reached: {_reason(text)}", _connection_hint(address)),
        "slow": ("E255", "the store did not answer in time", _connection_hint(address)),
        "no library": ("E256", f"needs {_missing_for_hdfs(text)}", "install it, and set JAVA_HOME, HADOOP_HOME and CLASSPATH"),
    }[kind]
    return Problem(code, message, Place(address.text), hint)


def _other_hint(text: str) -> str:
    if REGION.search(text):
        return "set AWS_REGION to the region of the bucket"
    return "try again later, or copy the file to this machine and pass its path"


def without_secrets(text: str) -> str:
    """Return a text with *** for the value of each variable that is a secret."""
    secrets = [value for name, value in os.environ.items() if SECRET.fullmatch(name) and value]
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    return text


def _reason(text: str) -> str:
    """Return the last part of a text, which holds the cause."""
    return text.rstrip(". ").rpartition("Details: ")[2].partition("Detail:")[0].strip()[:200]


def _connection_hint(address: Address) -> str:
    variable = " and AWS_ENDPOINT_URL" if address.scheme == "s3" else ""
    return f"check the network{variable}"


def _missing_for_hdfs(text: str) -> str:
    return "Java, which was not found" if "libjvm" in text else "Hadoop's libhdfs, which was not found"
