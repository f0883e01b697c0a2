"""Work on the next items of an iterator in threads, before they are needed. Parsing releases Python's lock."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Prefetch(Generic[Item, Result]):
    """The results of `work` for each item, in order; an exception is raised in the place of its item. To be closed.

    `depth` items are fetched ahead, and `workers` are worked on at once. The first is worked on alone: it may change how the others are.

    >>> with Prefetch(iter("abc"), str.upper, depth=2, workers=2) as letters:
    ...     list(letters)
    ['A', 'B', 'C']
    """

    def __init__(self, items: Iterator[Item], work: Callable[[Item], Result], depth: int, workers: int) -> None:
        self._items, self._work = items, work
        self._fetching, self._working = ThreadPoolExecutor(1), ThreadPoolExecutor(workers)
        self._results: deque[Future[list[Result]]] = deque()
        self._submit()
        first = self._results[0]
        for _ in range(1, depth):
            self._submit(after=first)

    def _submit(self, after: Future[list[Result]] | None = None) -> None:
        fetched = self._fetching.submit(lambda: list(islice(self._items, 1)))
        self._results.append(self._working.submit(self._work_on, fetched, after))

    def _work_on(self, fetched: Future[list[Item]], after: Future[list[Result]] | None) -> list[Result]:
        """Return the result of an item; [] after the last item."""
        wait([after] if after else [])
        return [self._work(item) for item in fetched.result()]

    def __iter__(self) -> Iterator[Result]:
        while result := self._results.popleft().result():
            self._submit()
            yield from result

    def __enter__(self) -> Prefetch[Item, Result]:
        return self

    def __exit__(self, *_: object) -> None:
        for threads in (self._fetching, self._working):
            threads.shutdown(cancel_futures=True)
