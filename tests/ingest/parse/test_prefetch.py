"""Items worked on ahead: in order, the first alone, faults in their place, and nobody left waiting."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from custmetrics_cli.ingest.parse.prefetch import Prefetch

WORKERS = pytest.mark.parametrize("workers", [1, 3])


@WORKERS
def test_items_come_in_order_whatever_they_take(workers: int) -> None:
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
def test_a_fault_of_work_comes_in_its_place(workers: int) -> None:
    with Prefetch(iter(range(9)), lambda item: 12 // (3 - item), depth=4, workers=workers) as found:
        items = iter(found)
        assert [next(items) for _ in range(3)] == [4, 6, 12]
        with pytest.raises(ZeroDivisionError):
            next(items)


@WORKERS
def test_a_fault_of_the_items_comes_in_its_place(workers: int) -> None:
    def items() -> Iterator[int]:
        yield from (1, 2)
        raise OSError("gone")

    with Prefetch(items(), str, depth=4, workers=workers) as found:
        each = iter(found)
        assert [next(each), next(each)] == ["1", "2"]
        with pytest.raises(OSError, match="gone"):
            next(each)


@WORKERS
def test_whoever_leaves_early_waits_for_nobody(workers: int) -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for item in range(10**6):
            taken.append(item)
            yield item

    with Prefetch(items(), str, depth=4, workers=workers) as found:
        assert next(iter(found)) == "0"
    assert len(taken) < 20


def test_of_no_items_nothing_is_made() -> None:
    with Prefetch(iter(()), str, depth=4, workers=2) as found:
        assert list(found) == []
