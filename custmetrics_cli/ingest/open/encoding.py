"""Which encoding a file is in: its byte order mark, else UTF-8 if every byte agrees, else cp1251 or cp1252.

UTF-8 is proven, not guessed: text in another encoding practically never passes. A file larger than WHOLE is proven by its head and
tail here and by the reader in passing; `Found.checked` says which, and `detect(…, whole=True)` proves all of it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, near
from custmetrics_cli.ingest.open.temp_files import CHUNK

WHOLE = 16 * CHUNK
MARKS = ((codecs.BOM_UTF8, "utf-8", "utf-8 with BOM"), (codecs.BOM_UTF16_LE, "utf-16", "utf-16"), (codecs.BOM_UTF16_BE, "utf-16", "utf-16"))
KNOWN = ("utf-8", "utf-16", "cp1251", "cp1252", "cp866", "koi8-r", "cp1250", "latin-1", "mac-roman", "utf-16-le", "utf-16-be")

MULTIBYTE = rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
HIGH = rb"[\x80-\xff]"
LETTERS = rb"\xa8\xb8\xaa\xba\xaf\xbf\xb2\xb3\xa5\xb4\xc0-\xff"  # of cp1251: Russian and Ukrainian; of cp1252: nearly all
CYRILLIC = rb"(?<![A-Za-z%b])[%b]{2,}(?![A-Za-z%b])" % ((LETTERS,) * 3)
LATIN = rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]"


class Encoding(NamedTuple):
    name: str  # for people: "utf-8 with BOM"
    codec: str
    checked: bool = True  # False: only head and tail were looked at


def detect(path: Path, shown: str, asked: str = "", whole: bool = False) -> Encoding:
    """The encoding of a text file. A byte order mark wins over what was asked for. Raises E185, E207-E209."""
    with path.open("rb") as stream:
        head = stream.read(CHUNK)
    marked = next((Encoding(name, codec) for mark, codec, name in MARKS if head.startswith(mark)), None)
    said = marked or (Encoding(asked.lower(), _codec(asked)) if asked else None)
    if said:
        return _proven(said, path, shown, whole) if said.codec == "utf-8" else said
    if b"\0" in head:
        return _sixteen(head, shown)
    return _eight(path, shown, whole)


def line_of(path: Path, offset: int) -> int:
    """The physical line, from 1, that holds the byte."""
    with path.open("rb") as stream:
        return stream.read(offset).count(b"\n") + 1


def guess(data: bytes) -> str:
    """cp1251 when its letters stand in words of their own, cp1252 when they stand among ASCII letters.

    >>> guess("клиент;дата".encode("cp1251")), guess("Montant dépensé;Größe".encode("cp1252"))
    ('cp1251', 'cp1252')
    """
    cyrillic = sum(map(len, re.findall(CYRILLIC, data)))
    return "cp1251" if cyrillic > len(re.findall(LATIN, data)) else "cp1252"


def broken_at(path: Path, codec: str) -> UnicodeDecodeError | None:
    """The first byte that is no text in this encoding; `start` is its offset in the file, `object` the byte itself."""
    decoder = codecs.getincrementaldecoder(codec)()
    offset = 0
    for chunk in chunks(path):
        pending = decoder.getstate()[0]
        if codec == "utf-8" and not pending and chunk.isascii():
            offset += len(chunk)
            continue
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            start = offset - len(pending) + error.start
            return UnicodeDecodeError(codec, error.object[error.start : error.start + 1], start, start + 1, error.reason)
        offset += len(chunk)
    return None


def chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, piece by piece, and an empty piece at its end."""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk
    yield b""


def undecodable_error(error: UnicodeDecodeError, path: Path, shown: str) -> CustmetricsError:
    """A byte that the encoding, said or found, does not have."""
    message = f"is not {error.encoding}: byte 0x{error.object[0]:02X} at offset {error.start:,} stands for no character"
    hint = "say the right one with --encoding, or leave it out and let it be found"
    return CustmetricsError(Problem("E208", message, Place(shown, line_of(path, error.start)), hint))


def _codec(asked: str) -> str:
    try:
        name = codecs.lookup(asked).name
        "a".encode(name)
    except (LookupError, UnicodeError, ValueError):
        raise CustmetricsError(Problem("E185", f"there is no encoding '{asked}'", hint=near(asked, KNOWN))) from None
    return "utf-8" if name == "utf-8-sig" else name


def _sixteen(head: bytes, shown: str) -> Encoding:
    """UTF-16 without a mark: the zero half of its ASCII characters, and there are many, stands always on the same side."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 20 > len(head) and not min(even, odd):
        return Encoding("utf-16", "utf-16-le" if odd else "utf-16-be")
    line = head[: head.index(0)].count(b"\n") + 1
    raise CustmetricsError(Problem("E207", "holds NUL bytes: it is not a text file", Place(shown, line), "export the table as CSV"))


def _eight(path: Path, shown: str, whole: bool) -> Encoding:
    checked = whole or _worth_checking(path)
    error = broken_at(path, "utf-8") if checked else None
    return _single_byte(path, shown, error) if error else Encoding("utf-8", "utf-8", checked)


def _proven(found: Encoding, path: Path, shown: str, whole: bool) -> Encoding:
    """What its mark or the user calls UTF-8 must be."""
    checked = whole or _worth_checking(path)
    if checked and (error := broken_at(path, "utf-8")):
        raise undecodable_error(error, path, shown)
    return found._replace(checked=checked)


def _worth_checking(path: Path) -> bool:
    return path.stat().st_size <= WHOLE or not _ends_are_utf8(path)


def _ends_are_utf8(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(CHUNK)
        stream.seek(-CHUNK, 2)
        tail = stream.read()
    return all(_is_utf8(piece) for piece in (head, tail.lstrip(bytes(range(0x80, 0xC0)))))


def _is_utf8(piece: bytes) -> bool:
    """A piece may be cut within its last character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(piece)
    except UnicodeDecodeError:
        return False
    return True


def _single_byte(path: Path, shown: str, error: UnicodeDecodeError) -> Encoding:
    """cp1251 or cp1252 for text that is nowhere UTF-8; text that mostly is has been damaged or glued together."""
    sample = _high_lines(path)
    in_utf8 = sum(map(len, re.findall(MULTIBYTE, sample)))
    if 2 * in_utf8 >= len(re.findall(HIGH, sample)):
        message = f"is UTF-8 for the most part, but not here: byte 0x{error.object[0]:02X} at offset {error.start:,}"
        hint = "mend the line or export the file anew as UTF-8; --encoding cp1252 reads every byte as some character"
        raise CustmetricsError(Problem("E209", message, Place(shown, line_of(path, error.start)), hint))
    name = guess(sample)
    return Encoding(name, name)


def _high_lines(path: Path) -> bytes:
    """The lines that hold anything but ASCII, until there is enough to judge by."""
    sample = bytearray()
    with path.open("rb") as stream:
        for line in stream:
            if not line.isascii():
                sample += line
            if len(sample) > CHUNK:
                break
    return bytes(sample)
