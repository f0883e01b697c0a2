"""Yes and no. A column of these is read only under the headers that a table lists."""

from __future__ import annotations

from custmetrics_cli.columns import ColumnKind, UnknownWords
from custmetrics_cli.columns.parsing.payment_words import UNKNOWN_WORD
from custmetrics_cli.columns.parsing.readers import WordReader
from custmetrics_cli.columns.parsing.words import find_in, spellings

FLAGS = ("", "yes", "no", "unknown")
YES, NO, UNKNOWN = 1, 2, 3
KNOWN = spellings(
    {
        "yes": "y, true, t, 1, 1.0, x, да, истина, д, так, ja, oui, vrai, si, sí, sim, verdadeiro, vero, tak, prawda, ✓, ✔, ☑, "
        "complete, completed, finished, submitted, завершен, завершено, завершена, заполнено",
        "no": "n, false, f, 0, 0.0, нет, ложь, н, ні, nein, falsch, non, faux, falso, não, nao, nee, nie, fałsz, ✗, ✘, "
        "partial, partially completed, incomplete, not completed, not finished, in progress, started, disqualified, screened out, "
        "terminated, quota full, over quota, abandoned, spam, не завершен, не завершено, частично, отсеян",
    },
    FLAGS,
)


def decode(code: int) -> str | None:
    """
    >>> from custmetrics_cli.columns import ColumnFormat
    >>> [decode(FLAG.read_cell(text, ColumnFormat())) for text in ("TRUE", "нет", "0", "2024-01-05")]
    ['yes', 'no', 'no', 'unknown']
    """
    return FLAGS[code] or None


find = find_in(KNOWN, UNKNOWN)
FLAG = ColumnKind(
    "yes or no",
    "",
    "yes or no; an unknown word is reported",
    "yes",
    WordReader(find),
    decode=decode,
    is_evident=lambda cells: all(find(text) != UNKNOWN for text in cells),
    unknown=UnknownWords(UNKNOWN, UNKNOWN_WORD, "empty", can_skip=True),
)
