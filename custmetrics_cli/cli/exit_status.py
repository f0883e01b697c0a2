"""Exit statuses of the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


INTERRUPTED, TERMINATED = 130, 143


REFUSED = 3  # the status for files that no metric would answer from
