"""Reports that name a group once, on a line of its own above its rows: the name goes to each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from custmetrics_cli.sources._nouns import Shape
from custmetrics_cli.sources.besides import reason_of
from custmetrics_cli.sources.records import Record
from custmetrics_cli.sources.typed import BLANKS

GROUP = "group row"


@dataclass
class Groups:
    """The group that the last line of one named; what follows a total of it is in none."""

    name: str = ""

    def beside(self, portion: Sequence[Record], shape: Shape) -> Iterator[Record]:
        """The records but the lines of groups, each with its group beside its last cell."""
        for record in portion:
            filled = [(at, text) for at, cell in enumerate(record.cells) if (text := cell.strip(BLANKS))]
            aside = bool(filled) and bool(reason_of(filled[0][1], shape))
            if len(filled) == 1 and filled[0][0] == 0 and not aside and not record.code:
                self.name = filled[0][1]
                continue
            yield record._replace(cells=[*record.cells, self.name]) if len(record.cells) == shape.group else record
            self.name = "" if aside else self.name
