"""How many random examples a test takes. `make test-deep` takes all of them; `make test` takes a quarter."""

from __future__ import annotations

import os

DEEP = bool(os.environ.get("TEST_DEEP"))


def examples(number: int) -> int:
    """Return how many examples of a test to try, of so many in a deep run."""
    return number if DEEP else max(1, number // 4)
