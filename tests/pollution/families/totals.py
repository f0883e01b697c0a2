"""Totals, footers and comments, below or among the rows."""

from __future__ import annotations

from collections.abc import Iterator

from tests.pollution.clean import customers, subscriptions, text
from tests.pollution.pollution import ALL, PAYING, Pollution, whole

CELLS = customers(ALL)
WORDS = ("Total", "TOTAL:", "Totals", "Grand total", "Sub-total", "Итого", "ИТОГО:", "Всего", "Total: 60", "Разом")
LINES = (
    *("60 rows", "(60 rows)", "60 rows selected.", "Exported 2022-12-31 by Ann Lee", "Generated on 12/31/2022 10:00", "Page 1 of 1"),
    *("-- end --", "End of report", "# end", "Confidential Information - Do Not Distribute", "Copyright (c) 2022 Acme", "Строк: 60"),
    *("Выгружено 31.12.2022", "***", "---"),
)


def pollutions() -> Iterator[Pollution]:
    for word in WORDS:
        yield whole(f"{word} and a count", text([*CELLS, [word, "60", "", "", ""]]))
        yield whole(f"{word} alone", text([*CELLS, [word]]))
        yield whole(f"{word} in the second cell", text([*CELLS, ["", word, "", "60", "20"]]))
        yield whole(f"{word} above a column of days", text([_turned(row) for row in CELLS] + [[word, "60", "", "", ""]]))
        yield whole(
            f"{word}: pro, above a column of days", text([_turned(row) for row in CELLS] + [[f"{word} pro", "0009", "x", "y", "20"]])
        )
        yield whole(f"{word} and a sum", text([*subscriptions(ALL), [word, "", "", "", "91780.30"]]), PAYING, "subscriptions.csv")
    for word in WORDS[::3]:
        yield whole(f"{word} after each part", text([*CELLS[:31], [word, "30", "", "", ""], *CELLS[31:], [word, "30", "", "", ""]]))
    for line in LINES:
        yield whole(f"footer {line}", text(CELLS) + f"{line}\n")
        yield whole(f"footer {line} with delimiters", text([*CELLS, [line, "", "", "", ""]]))
    yield whole("comments among rows", text(CELLS).replace("\n", "\n# a comment, or two\n", 20))
    yield whole(
        "groups among rows", text([*CELLS[:1], ["Plan: pro", "", "", "", ""], *CELLS[1:31], ["Plan: basic", "", "", "", ""], *CELLS[31:]])
    )


def _turned(row: list[str]) -> list[str]:
    """Return the row with started_at first."""
    return [row[3], *row[:3], row[4]]
