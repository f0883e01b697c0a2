"""Detect the type of a file from its first bytes, regardless of its name: packed, text, or a type that is not a table."""

from __future__ import annotations

import re

PACKED = (
    (re.compile(rb"\x1f\x8b"), "gzip"),
    (re.compile(rb"BZh[1-9](1AY&SY|\x17rE8P\x90)"), "bzip2"),
    (re.compile(rb"\xfd7zXZ\x00"), "xz"),
    (re.compile(rb"\x28\xb5\x2f\xfd"), "zstd"),
    (re.compile(rb"PK(\x03\x04|\x05\x06)"), "zip"),
)
FOREIGN = (
    (re.compile(rb"%PDF"), "a PDF document", "export the table as CSV instead"),
    (re.compile(rb"Rar!|7z\xbc\xaf"), "an archive that cannot be read here", "unpack it first"),
    (re.compile(rb"[\s\S]{257}ustar"), "a tar archive", "unpack it and pass the folder"),
    (
        re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml|table|head|body|meta)\b", re.IGNORECASE),
        "a web page or XML",
        "open it in Excel or LibreOffice and save it as .xlsx",
    ),
)


def packing_of(head: bytes) -> str:
    """Return the name of the compression; '' for none.

    >>> packing_of(b"\\x1f\\x8b\\x08"), packing_of(b"customer_id,started_at")
    ('gzip', '')
    """
    return next((name for pattern, name in PACKED if pattern.match(head)), "")


def foreign_type(head: bytes) -> tuple[str, str]:
    """Return the type of a file that is not a table, with advice; ('', '') if it may be text.

    >>> foreign_type(b"%PDF-1.7")[0]
    'a PDF document'
    """
    return next(((name, advice) for pattern, name, advice in FOREIGN if pattern.match(head)), ("", ""))
