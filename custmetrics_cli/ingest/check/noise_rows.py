"""What stands among the rows of a table and is none of them: totals, footers, comments, and headers that come again or go on.

Each is told by its words, and it is only asked of records that cannot be read as rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.parse.preset_words import matches
from custmetrics_cli.ingest.recognise.headings import Header, normal
from custmetrics_cli.ingest.recognise.match_table import Asked, match

Readable = Callable[[str], bool]
BLANK, TOTALS, HEADER, FOOTER = "blank row", "total row", "header row", "footer row"

NUMBER = re.compile(r"\D*\d{1,3}([ .,'\u00a0\u202f]?\d{3})*([.,]\d+)?\D*")
TOTAL = re.compile(
    r"(grand |sub[- ]?)?totals?\b|(под)?итог[ои]?\b|всего\b|разом\b|усього\b|confidential information|copyright", re.IGNORECASE
)
RULE = re.compile(r"[-=_*+:─]{2,}")
COMMENT = re.compile(r"#(\s|$)")
LAST = re.compile(
    r"\(?\d[\d ,.]*\s(rows?|records?|lines?|results?)\b.*|(rows?|records?|строк|записей)\W+\d[\d ,.]*"
    r"|(exported|generated|created|printed|downloaded|updated|as of|выгружено|сформирован\w*|создан\w*)\b.*\d.*"
    r"|(page|страница|стр\.) \d+.*|\W*(end|end of (report|file|export|data|list)|конец|конец отч[её]та)\W*",
    re.IGNORECASE,
)
TYPE = re.compile(
    r"(n?var)?char(acter)?( varying)?(\(\d+\))?|text|string|date|time|(date ?time|timestamp)(tz)?|(big|small)?int(eger)?|number|numeric"
    r"|decimal(\(\d+, ?\d+\))?|float|double|real|bool(ean)?|uuid|\{\"ImportId\".*|(?=.*yy)([ymdhs]{1,4}[-/.:,\s]*)+",
    re.IGNORECASE,
)


def classify_noise(cells: Sequence[str], layout: Layout, required: Mapping[int, Readable], below: bool) -> str:
    """What a record is if it is no row; '' = nothing is known but a row. cells: stripped, and not all of them empty.

    required: which cells are needed, and what can be read there. below: it stands directly below the header.
    """
    filled = [cell for cell in cells if cell]
    if reason := noise_reason(filled[0], layout):
        return reason
    if _is_total(cells, required):
        return TOTALS
    if (len(filled) > 1 and all(map(TYPE.fullmatch, filled))) or all(map(RULE.fullmatch, filled)) or _is_header(cells, layout, below):
        return HEADER
    return FOOTER if COMMENT.match(filled[0]) or (len(filled) == 1 and LAST.fullmatch(filled[0])) else ""


def is_noise(text: str, layout: Layout) -> bool:
    """Whether a text that stands alone on its line is a total, a footer or a comment, and no name of anything."""
    total = TOTAL.match(text)
    alone = total and not any(map(str.isalpha, text[total.end() :]))
    return bool(noise_reason(text, layout) or alone or COMMENT.match(text) or RULE.fullmatch(text) or LAST.fullmatch(text))


def noise_reason(first: str, layout: Layout) -> str:
    """Why a line with this first cell is no row, as the preset says; '' where it does not say so."""
    lines = layout.preset.lines.aside if layout.preset else {}
    return next((reason for reason, words in lines.items() if any(matches(first, word) for word in words)), "")


def _is_total(cells: Sequence[str], required: Mapping[int, Readable]) -> bool:
    """A word for it comes first: in a cell that a row needs and that cannot hold a word, or where a cell that a row needs is empty or
    holds a number; or anything that cannot be read, where that word stands alone.

    So a customer called Total Ltd whose date is mistyped is not taken for one.
    """
    first = next(at for at, cell in enumerate(cells) if cell)
    word = TOTAL.match(cells[first])
    if not word:
        return False
    alone = not any(map(str.isalpha, cells[first][word.end() :]))
    needed = [(cells[at] if at < len(cells) else "", at == first or alone, readable) for at, readable in required.items()]
    return any(not text or ((sure or NUMBER.fullmatch(text)) and not readable(text)) for text, sure, readable in needed)


def _is_header(cells: Sequence[str], layout: Layout, below: bool) -> bool:
    """The same names again; directly below them also others for the same columns, or their numbers."""
    names, again = _filled(layout.header), _filled(cells)
    if [*map(normal, again)] == [*map(normal, names)]:
        return True
    if not below:
        return False
    found = match(Header(tuple(cells)), layout.table, Asked())
    same = not found.missing and all(found.columns[column.name] == layout.columns[column.name] for column in layout.table.required)
    return same or again == [str(number) for number in range(1, len(names) + 1)]


def _filled(cells: Sequence[str]) -> list[str]:
    """Cells but for the empty ones at the end."""
    size = max((at for at, cell in enumerate(cells, 1) if cell), default=0)
    return [*cells[:size]]
