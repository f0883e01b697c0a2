"""The limit of unpacking: a small archive may unpack to more than a disk holds. The bytes are counted while they are unpacked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem

DEFAULT_LIMIT = 10 * 10**9  # bytes of all archives of a run
MOST_TIMES = 20  # the packed size
HARMLESS = 64 << 20  # bytes that any archive may unpack to: small files of repeated rows are packed well
MOST_MEMBERS = 10_000


class UnpackedSize:
    """The bytes that were unpacked in a run. is_chosen: the user chose the limit, so the packed size does not matter."""

    def __init__(self, limit: int, is_chosen: bool) -> None:
        self._limit, self._is_chosen = limit, is_chosen
        self._total = 0
        self._by_archive: Counter[str] = Counter()

    def add(self, count: int, archive: str, packed: int) -> None:
        """Count bytes that were unpacked from an archive. Raises CustmetricsError E232."""
        self._total += count
        self._by_archive[archive] += count
        if self._total > self._limit:
            self._refuse(f"unpacks to more than {_size(self._limit)}", archive)
        if not self._is_chosen and self._by_archive[archive] > max(HARMLESS, MOST_TIMES * packed):
            self._refuse(f"unpacks to more than {MOST_TIMES} times its size", archive)

    def _refuse(self, message: str, archive: str) -> None:
        larger = _size(max(self._limit, DEFAULT_LIMIT) * (2 if self._total > self._limit else 1))
        hint = f"check the file; if you trust it, pass --max-unpacked {larger}"
        raise CustmetricsError(Problem("E232", message, Place(archive), hint))


_count: ContextVar[Callable[[int], None]] = ContextVar("count", default=lambda count: None)


@contextmanager
def counting(size: UnpackedSize, shown: str) -> Iterator[None]:
    """Count what written() reports as unpacked from a workbook, a database or a Parquet file. These pack well, so only the limit counts."""
    token = _count.set(partial(size.add, archive=shown, packed=DEFAULT_LIMIT))
    try:
        yield
    finally:
        _count.reset(token)


def written(count: int) -> None:
    """Report bytes of a copy. Raises CustmetricsError E232."""
    _count.get()(count)


def check_members(count: int, archive: str) -> None:
    """Raise CustmetricsError E233 for an archive of too many files."""
    if count > MOST_MEMBERS:
        message = f"contains {count:,} files, more than {MOST_MEMBERS:,}"
        raise CustmetricsError(Problem("E233", message, Place(archive), "unpack it, and pass the files that hold tables"))


def _size(count: int) -> str:
    return f"{count // 10**9}GB" if count >= 10**9 else f"{count // 10**6}MB"
