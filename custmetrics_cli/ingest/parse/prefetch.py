"""Works on a few items of an iterator before they are asked for, in threads of its own: parsing lets go of Python's lock."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Generic, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")


class Prefetch(Generic[Item, Made]):
    """What work makes of each item, in their order; what is raised on the way is raised in its place. To be closed.

    `depth` items are taken before they are needed, and several worked on at once; but the first alone, as it may show how to work
    on the others.

    >>> with Prefetch(iter("abc"), str.upper, depth=2, workers=2) as letters:
    ...     list(letters)
    ['A', 'B', 'C']
    """

    def __init__(self, items: Iterator[Item], work: Callable[[Item], Made], depth: int, workers: int) -> None:
        self._items, self._work = items, work
        self._taking, self._working = ThreadPoolExecutor(1), ThreadPoolExecutor(workers)
        self._coming: deque[Future[list[Made]]] = deque()
        self._submit()
        first = self._coming[0]
        for _ in range(1, depth):
            self._submit(after=first)

    def _submit(self, after: Future[list[Made]] | None = None) -> None:
        taken = self._taking.submit(lambda: list(islice(self._items, 1)))
        self._coming.append(self._working.submit(self._made, taken, after))

    def _made(self, taken: Future[list[Item]], after: Future[list[Made]] | None) -> list[Made]:
        wait([after] if after else [])
        return [self._work(item) for item in taken.result()]

    def __iter__(self) -> Iterator[Made]:
        while made := self._coming.popleft().result():
            self._submit()
            yield from made

    def __enter__(self) -> Prefetch[Item, Made]:
        return self

    def __exit__(self, *_: object) -> None:
        for threads in (self._taking, self._working):
            threads.shutdown(cancel_futures=True)
