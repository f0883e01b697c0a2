"""The share of a sample of cells that a kind of column reads."""

from __future__ import annotations

import pytest

from custmetrics_cli.columns import ColumnKind
from custmetrics_cli.columns.count import COUNT
from custmetrics_cli.columns.currency import CURRENCY
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.discount import DISCOUNT
from custmetrics_cli.columns.interval import INTERVAL
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.score import SCORE
from custmetrics_cli.columns.status import STATUS
from custmetrics_cli.columns.survey_kind import SURVEY
from custmetrics_cli.columns.text import ID, WORD


@pytest.mark.parametrize(
    ("kind", "cells", "share"),
    [
        (DAY, ["2022-04-05", "2022-04-06T10:00:00Z"], 1),
        (DAY, ["05/04/2022", "13/04/2022"], 1),
        (DAY, ["04/05/2022", "03/04/2022"], 1),  # the order is open: still days
        (DAY, ["13/04/2022", "04/13/2022"], 0.5),  # no order fits both
        (DAY, ["10:02:11", "11:40:00"], 0),
        (DAY, ["2022-04-05", "", "n/a", "0000-00-00"], 1),
        (DAY, ["2022-04-05"] * 9 + ["Pro"], 0.5),  # distinct cells
        (MONEY, ["1.234", "2.345"], 1),  # the decimal mark is open: still amounts
        (MONEY, ["1.234,50", "2,10 €"], 1),
        (MONEY, ["10%", "C1"], 0),
        (DISCOUNT, ["10%", "5"], 1),
        (COUNT, ["1", "2", "0"], 2 / 3),
        (SCORE, ["9", "10 - likely", "blue"], 2 / 3),
        (INTERVAL, ["Monthly", "YEARLY", "Pro"], 2 / 3),
        (INTERVAL, ["1", "12"], 0),
        (STATUS, ["active", "Past-Due", "NY", "CA"], 0.5),
        (CURRENCY, ["usd", "€", "$", "DE"], 0.75),
        (CURRENCY, ["Berlin", "USDT"], 0),  # can be read as currencies of their own, but are no evidence
        (SURVEY, ["NPS", "mood"], 0.5),
        (WORD, ["n/a", "pro"], 1),
        (ID, ["7"], 1),
        (DAY, [], 0),
        (STATUS, ["", " ", "—"], 0),
    ],
)
def test_the_share_of_cells_that_are_of_a_kind(kind: ColumnKind, cells: list[str], share: float) -> None:
    assert kind.fits(cells) == pytest.approx(share)
