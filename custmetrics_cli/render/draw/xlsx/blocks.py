"""The blocks of a paper on a sheet, one function for each type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from custmetrics_cli.render.draw.xlsx.charts import add_chart
from custmetrics_cli.render.draw.xlsx.sheet import Sheet
from custmetrics_cli.render.paper import Bullets, Cards, Grid, Picture, Text

if TYPE_CHECKING:
    from custmetrics_cli.render.paper import Block

CHART_ROWS = 17


def write_blocks(sheet: Sheet, blocks: Sequence[Block]) -> None:
    """Write the blocks, one below the other."""
    for at, block in enumerate(blocks):
        if at:
            sheet.skip()
        WRITTEN[type(block)](sheet, block)


def _picture(sheet: Sheet, picture: Picture) -> None:
    """Write the numbers of a chart, and the chart beside them."""
    sheet.line(picture.chart.title, sheet.styles.section)
    sheet.row += max(add_chart(sheet, picture.chart), CHART_ROWS)


def _cards(sheet: Sheet, cards: Cards) -> None:
    for card in cards.cards:
        texts = (card.change, card.verdict, card.year_ago, card.interval, card.target)
        sheet.text(sheet.row, 0, card.title)
        sheet.figure(sheet.row, 1, card.value)
        sheet.text(sheet.row, 2, "; ".join(filter(None, texts)), count=False)
        sheet.row += 1


def _bullets(sheet: Sheet, bullets: Bullets) -> None:
    for item in bullets.items:
        sheet.line(item)


def _text(sheet: Sheet, text: Text) -> None:
    sheet.line(text.text)


WRITTEN: dict[type, Callable[[Sheet, Any], None]] = {Text: _text, Bullets: _bullets, Cards: _cards, Grid: Sheet.grid, Picture: _picture}
