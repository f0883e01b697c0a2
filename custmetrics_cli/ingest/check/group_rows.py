"""Reports that name a group once, on a line above its rows: give each row the name of its group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from custmetrics_cli.columns.text import BLANKS
from custmetrics_cli.ingest.check.noise_rows import is_noise, noise_reason
from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.parse.records import Record
from custmetrics_cli.ingest.recognise.first_row import can_read

GROUP_ROW = "group row"


@dataclass
class Groups:
    """The open groups, the innermost last.

    A line with a name opens a group. A total with that name closes it and those inside; any other total closes all.
    """

    names: list[str] = field(default_factory=list)

    def assign(self, records: Sequence[Record], layout: Layout) -> Iterator[Record]:
        """Yield the records with their groups, without the lines that only name a group."""
        for record in records:
            filled = [(at, text) for at, cell in enumerate(record.cells) if (text := cell.strip(BLANKS))]
            first = filled[0][1] if filled and not record.code else ""
            if len(filled) == 1 and filled[0][0] == 0 and first and _is_name(first, layout):
                self.names.append(first)
                continue
            yield record._replace(group=self.names[-1]) if self.names else record
            if first and noise_reason(first, layout):
                self._close(first)

    def _close(self, total: str) -> None:
        matching = [at for at, name in enumerate(self.names) if name in total]
        del self.names[matching[-1] if matching else 0 :]


def _is_name(text: str, layout: Layout) -> bool:
    """Return whether the only cell of a line, in the first column, names a group: not a total, a footer or the start of a row."""
    column = next((layout.table.by_name[name] for name, at in layout.columns.items() if at == 0), None)
    starts_row = column is not None and column.kind.can_fail and can_read(column, text, layout.preset)
    return not (starts_row or is_noise(text, layout))
