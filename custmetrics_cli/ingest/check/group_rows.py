"""Reports that name a group once, on a line of its own above its rows: the name goes to each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from custmetrics_cli.columns.text import BLANKS
from custmetrics_cli.ingest.check.noise_rows import is_noise, noise_reason
from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.parse.records import Record
from custmetrics_cli.ingest.recognise.layout import reads

GROUP_ROW = "group row"


@dataclass
class Groups:
    """The groups that are open, the innermost last: a line that names one opens it, a total that names it closes it, others close all."""

    names: list[str] = field(default_factory=list)

    def assign(self, portion: Sequence[Record], layout: Layout) -> Iterator[Record]:
        """The records but the lines of groups, each with its group."""
        for record in portion:
            filled = [(at, text) for at, cell in enumerate(record.cells) if (text := cell.strip(BLANKS))]
            first = filled[0][1] if filled and not record.code else ""
            if len(filled) == 1 and filled[0][0] == 0 and first and _is_name(first, layout):
                self.names.append(first)
                continue
            yield record._replace(group=self.names[-1]) if self.names else record
            if first and noise_reason(first, layout):
                self._close(first)

    def _close(self, total: str) -> None:
        open_ = [at for at, name in enumerate(self.names) if name in total]
        del self.names[open_[-1] if open_ else 0 :]


def _is_name(text: str, layout: Layout) -> bool:
    """Whether what stands alone in the first column names a group, and is no total, no footer and no beginning of a row."""
    column = next((layout.table.by_name[name] for name, at in layout.columns.items() if at == 0), None)
    starts = column is not None and column.kind.can_fail and reads(column, text, layout.preset)
    return not (starts or is_noise(text, layout))
