from __future__ import annotations

from custmetrics_cli.cells import Cells
from custmetrics_cli.metrics import _mrr_cells


def break_it(monkeypatch) -> None:
    """Customer by customer, nobody leaves."""
    monkeypatch.setattr(_mrr_cells, "at_opening", lambda *about: Cells.of([(10, 10, 2)]))
