"""Prefetch: results in order, the first item alone, exceptions in their place, no waiting after an early exit."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from custmetrics_cli.ingest.parse.prefetch import Prefetch

WORKERS = pytest.mark.parametrize("workers", [1, 3])


@WORKERS
def test_results_come_in_order_however_long_they_take(workers: int) -> None:
    def work(item: int) -> int:
        time.sleep(0.002 * (item % 3 == 1))
        return -item

    with Prefetch(iter(range(40)), work, depth=4, workers=workers) as found:
        assert list(found) == [-item for item in range(40)]


@WORKERS
def test_the_first_is_worked_on_alone(workers: int) -> None:
    begun: list[int] = []
    done: list[int] = []

    def work(item: int) -> list[int]:
        begun.append(item)
        before = [*done]
        time.sleep(0.02 * (item == 0))
        done.append(item)
        return before

    with Prefetch(iter(range(6)), work, depth=4, workers=workers) as found:
        assert all(0 in before for before in list(found)[1:])
    assert begun[0] == 0


@WORKERS
def test_an_exception_in_the_work_is_raised_in_its_place(workers: int) -> None:
    with Prefetch(iter(range(9)), lambda item: 12 // (3 - item), depth=4, workers=workers) as found:
        items = iter(found)
        assert [next(items) for _ in range(3)] == [4, 6, 12]
        with pytest.raises(ZeroDivisionError):
            next(items)


@WORKERS
def test_an_exception_in_the_items_is_raised_in_its_place(workers: int) -> None:
    def items() -> Iterator[int]:
        yield from (1, 2)
        raise OSError("gone")

    with Prefetch(items(), str, depth=4, workers=workers) as found:
        each = iter(found)
        assert [next(each), next(each)] == ["1", "2"]
        with pytest.raises(OSError, match="gone"):
            next(each)


@WORKERS
def test_an_early_exit_does_not_wait_for_the_other_items(workers: int) -> None:
    fetched: list[int] = []

    def items() -> Iterator[int]:
        for item in range(10**6):
            fetched.append(item)
            yield item

    with Prefetch(items(), str, depth=4, workers=workers) as found:
        assert next(iter(found)) == "0"
    assert len(fetched) < 20


def test_no_items_give_no_results() -> None:
    with Prefetch(iter(()), str, depth=4, workers=2) as found:
        assert list(found) == []
