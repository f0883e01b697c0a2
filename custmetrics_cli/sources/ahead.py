"""Takes a few items of an iterator before they are asked for, in a thread of its own: parsing lets go of Python's lock."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
ENDED = object()


class Ahead(Iterator[Item]):
    """The same items in the same order; what the iterator raises is raised in its place. To be closed.

    >>> with Ahead(iter("abc"), 2) as letters:
    ...     list(letters)
    ['a', 'b', 'c']
    """

    def __init__(self, items: Iterator[Item], depth: int) -> None:
        self._items = items
        self._thread = ThreadPoolExecutor(1)
        self._coming: deque[Future[Item | object]] = deque(self._thread.submit(next, items, ENDED) for _ in range(depth))

    def __next__(self) -> Item:
        item = self._coming.popleft().result()
        if item is ENDED:
            raise StopIteration
        self._coming.append(self._thread.submit(next, self._items, ENDED))
        return item  # type: ignore[return-value]

    def __enter__(self) -> Ahead[Item]:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(cancel_futures=True)
