"""Detect the encoding of a file: by its byte order mark, else UTF-8 if every byte is valid, else a Cyrillic one or cp1252.

Text in another encoding is practically never valid UTF-8. A large file is checked at its head and tail here, and completely by the
reader later: `Encoding.checked` is then False, and `detect(…, full=True)` checks all of it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, near
from custmetrics_cli.ingest.open.cyrillic import best_codec, letters_in_words
from custmetrics_cli.ingest.open.temp_files import CHUNK

SMALL = 16 * CHUNK  # bytes; smaller files are checked completely
MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8", "utf-8 with BOM"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
KNOWN = ("utf-8", "utf-16", "utf-32", "cp1251", "cp1252", "cp866", "koi8-r", "cp1250", "latin-1", "mac-roman", "utf-16-le", "utf-16-be")
WITH_MARK = ("utf-16", "utf-32")  # codecs that need a byte order mark
MULTIBYTE = rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
HIGH = rb"[\x80-\xff]"
CONTROL = rb"[\x01-\x08\x0e-\x19\x1b-\x1f]"  # in no text
MOST_NULS = 0.05  # of the bytes of a text
LATIN = rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]"


class Encoding(NamedTuple):
    name: str  # shown to the user: "utf-8 with BOM"
    codec: str
    checked: bool = True  # False: only head and tail are known to be valid
    has_nuls: bool = False  # NUL bytes inside the text are left out


def detect(path: Path, shown: str, requested: str = "", full: bool = False) -> Encoding:
    """Return the encoding of a text file. A byte order mark overrides the requested encoding. Raises E185, E207 to E209."""
    with path.open("rb") as stream:
        head = stream.read(CHUNK)
    marked = next((Encoding(name, codec) for mark, codec, name in MARKS if head.startswith(mark)), None)
    known = marked or (Encoding(requested.lower(), _codec(requested)) if requested else None)
    if known and known.codec == "utf-8":
        return _check_utf8(known, path, shown, full)
    if known:
        return known if marked or known.codec not in WITH_MARK else _detect_wide(path, head, shown, known)
    if b"\0" in head:
        return _detect_by_zeros(path, head, shown)
    return _detect_by_bytes(path, shown, full)


def _detect_wide(path: Path, head: bytes, shown: str, asked: Encoding) -> Encoding:
    """Detect the byte order of UTF-16 and UTF-32 without a mark. Raises E208 for a text of another encoding."""
    found = _detect_by_zeros(path, head, shown) if b"\0" in head else None
    if found and found.name == asked.codec:
        return found
    raise _not_encoded(asked.codec, "its bytes do not come in such groups", Place(shown))


def line_of(path: Path, offset: int) -> int:
    """Return the line, from 1, that contains the byte at an offset."""
    with path.open("rb") as stream:
        return stream.read(offset).count(b"\n") + 1


def guess(data: bytes) -> str:
    """Return a Cyrillic encoding if its letters form words of their own, cp1252 if they are mixed with ASCII letters.

    >>> guess("клиент;дата".encode("cp1251")), guess("Montant dépensé;Größe".encode("cp1252"))
    ('cp1251', 'cp1252')
    """
    codec = best_codec(data)
    return codec if letters_in_words(data, codec) > len(re.findall(LATIN, data)) else "cp1252"


def broken_at(path: Path, codec: str) -> UnicodeDecodeError | None:
    """Return the first invalid byte of a file: `start` is its offset, `object` the byte itself."""
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
    """Yield the bytes of a file in chunks, and an empty chunk at the end."""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk
    yield b""


def undecodable_error(error: UnicodeDecodeError, path: Path, shown: str) -> CustmetricsError:
    """Return E208 for a byte that the encoding does not have."""
    why = f"byte 0x{error.object[0]:02X} at offset {error.start:,} is not a character"
    return _not_encoded(error.encoding, why, Place(shown, line_of(path, error.start)))


def _not_encoded(codec: str, why: str, place: Place) -> CustmetricsError:
    hint = "pass the right encoding with --encoding, or leave it out to detect it"
    return CustmetricsError(Problem("E208", f"is not {codec}: {why}", place, hint))


def _codec(requested: str) -> str:
    try:
        name = codecs.lookup(requested).name
        "a".encode(name)
    except (LookupError, UnicodeError, ValueError):
        raise CustmetricsError(Problem("E185", f"unknown encoding '{requested}'", hint=near(requested, KNOWN))) from None
    return "utf-8" if name == "utf-8-sig" else name


def _detect_by_zeros(path: Path, head: bytes, shown: str) -> Encoding:
    """Detect UTF-16 and UTF-32: the zero bytes of ASCII characters are always on one side. A few zero bytes in a text are left out."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 20 > len(head) and not min(even, odd):
        return Encoding("utf-16", "utf-16-le" if odd else "utf-16-be")
    for codec, places in (("utf-32-le", (2, 3)), ("utf-32-be", (0, 1))):
        if all(head[place::4].count(0) * 4.2 > len(head) for place in places):
            return Encoding("utf-32", codec)
    if head.count(0) <= MOST_NULS * len(head) and not re.search(CONTROL, head):
        return _detect_by_bytes(path, shown, True)._replace(has_nuls=True)
    line = head[: head.index(0)].count(b"\n") + 1
    raise CustmetricsError(Problem("E207", "is not a text file: it contains NUL bytes", Place(shown, line), "export the table as CSV"))


def _detect_by_bytes(path: Path, shown: str, full: bool) -> Encoding:
    checked = full or _needs_full_check(path)
    error = broken_at(path, "utf-8") if checked else None
    return _detect_single_byte(path, shown, error) if error else Encoding("utf-8", "utf-8", checked)


def _check_utf8(encoding: Encoding, path: Path, shown: str, full: bool) -> Encoding:
    """Check a file that is UTF-8 by its mark or by the user's choice."""
    checked = full or _needs_full_check(path)
    if checked and (error := broken_at(path, "utf-8")):
        raise undecodable_error(error, path, shown)
    return encoding._replace(checked=checked)


def _needs_full_check(path: Path) -> bool:
    return path.stat().st_size <= SMALL or not _ends_are_utf8(path)


def _ends_are_utf8(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(CHUNK)
        stream.seek(-CHUNK, 2)
        tail = stream.read()
    return all(_is_utf8(piece) for piece in (head, tail.lstrip(bytes(range(0x80, 0xC0)))))


def _is_utf8(piece: bytes) -> bool:
    """Return whether a piece of a file is valid. It may end inside a character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(piece)
    except UnicodeDecodeError:
        return False
    return True


def _detect_single_byte(path: Path, shown: str, error: UnicodeDecodeError) -> Encoding:
    """Return cp1251 or cp1252. Raises E209 for text that is mostly UTF-8: it was damaged or joined from several files."""
    sample = _high_lines(path)
    in_utf8 = sum(map(len, re.findall(MULTIBYTE, sample)))
    if 2 * in_utf8 >= len(re.findall(HIGH, sample)):
        message = f"is UTF-8 except for byte 0x{error.object[0]:02X} at offset {error.start:,}"
        hint = "fix this line or export again as UTF-8; --encoding cp1252 reads every byte as some character"
        raise CustmetricsError(Problem("E209", message, Place(shown, line_of(path, error.start)), hint))
    name = guess(sample)
    return Encoding(name, name)


def _high_lines(path: Path) -> bytes:
    """Return a sample of the lines with bytes beyond ASCII."""
    sample = bytearray()
    with path.open("rb") as stream:
        for line in stream:
            if not line.isascii():
                sample += line
            if len(sample) > CHUNK:
                break
    return bytes(sample)
