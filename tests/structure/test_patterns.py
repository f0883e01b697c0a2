"""Every regular expression takes time linear in the text, also for a text that was made to slow it down."""

from __future__ import annotations

import re
import signal
import time
from typing import Any

import pytest

from tests.support.patterns import LENGTH, Used, hostile_texts, used_patterns

SHORTER = 3_000  # characters in the usual suite: ten times faster, and still enough to see a square
FAST = {SHORTER: 0.015, LENGTH: 0.05}  # seconds by length: faster ones are not looked at again
MOST_GROWTH = 3  # of the time for a text of twice the length; a square grows by 4
HANGS = 2.0
USED = sorted(used_patterns(), key=lambda used: (used.name, used.call))  # in one order in every worker


def seconds(used: Used, text: Any) -> float:
    """Return the time of the process for one use of the pattern."""
    function = getattr(used.pattern, used.call)
    arguments = (text[:0], text) if used.call == "sub" else (text,)
    start = time.process_time()
    found = function(*arguments)
    if used.call == "finditer":
        list(found)
    return time.process_time() - start


def check(used: Used, length: int) -> None:
    def hangs(*_: object) -> None:
        raise TimeoutError(f"{used.name} hangs")

    before = signal.signal(signal.SIGALRM, hangs)
    try:
        for text in hostile_texts(used.pattern, length):
            signal.setitimer(signal.ITIMER_REAL, HANGS)
            if seconds(used, text) > FAST[length]:
                half, whole = (min(seconds(used, part) for _ in range(5)) for part in (text[len(text) // 2 :], text))
                assert whole <= FAST[length] or whole <= MOST_GROWTH * half, (used.name, used.call, text[:20])
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_the_patterns_are_found() -> None:
    assert len(USED) > 150


@pytest.mark.parametrize("used", USED, ids=[each.name for each in USED])
def test_a_pattern_is_linear(used: Used) -> None:
    check(used, SHORTER)


@pytest.mark.hostile
@pytest.mark.parametrize("used", USED, ids=[each.name for each in USED])
def test_a_pattern_takes_no_time(used: Used) -> None:
    check(used, LENGTH)


@pytest.mark.parametrize("text", [r"(a+)+b", r"\s*,\s*x$", r"([ymdhs]{1,4}[-/]*)+", r"\s*(.+?)\s*="])
def test_a_pattern_that_backtracks_is_noticed(text: str) -> None:
    with pytest.raises((AssertionError, TimeoutError)):
        check(Used(text, re.compile(text), "sub" if "$" in text else "fullmatch"), LENGTH)
