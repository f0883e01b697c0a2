"""Recognise rows that are not data: totals, footers, comments, and headers that are repeated or continued.

They are recognised by their words. Only records that cannot be read as rows are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.parse.preset_words import matches
from custmetrics_cli.ingest.recognise.headers import Header, normalise
from custmetrics_cli.ingest.recognise.match_table import MatchOptions, match_header

Readable = Callable[[str], bool]
BLANK, TOTALS, HEADER, FOOTER = "blank row", "total row", "header row", "footer row"

NUMBER = re.compile(r"\D*\d{1,3}([ .,'\u00a0\u202f]?\d{3})*([.,]\d+)?\D*")
TOTAL_WORD = re.compile(
    r"(grand |sub[- ]?)?totals?\b|(под)?итог[ои]?\b|всего\b|разом\b|усього\b|confidential information|copyright", re.IGNORECASE
)
LINE = re.compile(r"[-=_*+:─]{2,}")
COMMENT = re.compile(r"#(\s|$)")
FOOTER_TEXT = re.compile(
    r"\(?\d[\d ,.]*\s(rows?|records?|lines?|results?)\b.*|(rows?|records?|строк|записей)\W+\d[\d ,.]*"
    r"|(exported|generated|created|printed|downloaded|updated|as of|выгружено|сформирован\w*|создан\w*)\b.*\d.*"
    r"|(page|страница|стр\.) \d+.*|\W*(end|end of (report|file|export|data|list)|конец|конец отч[её]та)\W*",
    re.IGNORECASE,
)
LONE_WORDS = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .,:;!&()'\"–—-])*")  # letters and punctuation only
COLUMN_TYPE = re.compile(
    r"(n?var)?char(acter)?( varying)?(\(\d+\))?|text|string|date|time|(date ?time|timestamp)(tz)?|(big|small)?int(eger)?|number|numeric"
    r"|decimal(\(\d+, ?\d+\))?|float|double|real|bool(ean)?|uuid|\{\"ImportId\".*|(?=.*yy)[ymdhs][-ymdhs/.:,\s]*+",
    re.IGNORECASE,
)


def classify_noise(cells: Sequence[str], layout: Layout, required: Mapping[int, Readable], below_header: bool) -> str:
    """Return the reason to skip a record that is not a row; '' for a row.

    cells: stripped, at least one of them not empty. required: position of a required cell -> returns whether a text can be read there.
    """
    filled = [cell for cell in cells if cell]
    if reason := noise_reason(filled[0], layout):
        return reason
    if _is_total(cells, required):
        return TOTALS
    has_types = len(filled) > 1 and all(map(COLUMN_TYPE.fullmatch, filled))
    if has_types or all(map(LINE.fullmatch, filled)) or _is_header(cells, layout, below_header):
        return HEADER
    is_footer = COMMENT.match(filled[0]) or (len(filled) == 1 and FOOTER_TEXT.fullmatch(filled[0]))
    return FOOTER if is_footer else ""


def is_lone_footer(last: Sequence[str], sample: Sequence[Sequence[str]]) -> bool:
    """Return whether the last record is a word or two, such as Confidential, and cannot be the start of a row.

    It could be the start of a row if the first cells of a sample of rows have no digits either.
    """
    if len(last) != 1 or not LONE_WORDS.fullmatch(last[0].strip()):
        return False
    first = [cells[0] for cells in sample if len(cells) > 1 and cells[0].strip()]
    return bool(first) and sum(any(map(str.isdigit, cell)) for cell in first) * 10 >= len(first) * 9


def is_noise(text: str, layout: Layout) -> bool:
    """Return whether the only text of a line is a total, a footer or a comment, and not a name."""
    total = TOTAL_WORD.match(text)
    is_total = total and not any(map(str.isalpha, text[total.end() :]))
    return bool(noise_reason(text, layout) or is_total or COMMENT.match(text) or LINE.fullmatch(text) or FOOTER_TEXT.fullmatch(text))


def noise_reason(first: str, layout: Layout) -> str:
    """Return the reason by which the preset skips lines with this first cell; '' where it does not."""
    lines = layout.preset.lines.aside if layout.preset else {}
    return next((reason for reason, words in lines.items() if any(matches(first, word) for word in words)), "")


def _is_total(cells: Sequence[str], required: Mapping[int, Readable]) -> bool:
    """Return whether a record is a total: its first cell begins with a word for it, and a required cell confirms it.

    A required cell confirms it if it is empty, or if it cannot be read and is a number, the first cell itself, or anything beside the
    lone word. So a customer named Total Ltd with a mistyped date is not a total.
    """
    first = next(at for at, cell in enumerate(cells) if cell)
    word = TOTAL_WORD.match(cells[first])
    if not word:
        return False
    is_lone_word = not any(map(str.isalpha, cells[first][word.end() :]))
    for at, readable in required.items():
        text = cells[at] if at < len(cells) else ""
        if not text or ((is_lone_word or at == first or NUMBER.fullmatch(text)) and not readable(text)):
            return True
    return False


def _is_header(cells: Sequence[str], layout: Layout, below_header: bool) -> bool:
    """Return whether a record repeats the header or, directly below it, names the same columns otherwise or numbers them."""
    names, repeated = _without_empty_end(layout.header), _without_empty_end(cells)
    if [*map(normalise, repeated)] == [*map(normalise, names)]:
        return True
    if not below_header:
        return False
    other = match_header(Header(tuple(cells)), layout.table, MatchOptions())
    is_same = not other.missing and all(other.columns[column.name] == layout.columns[column.name] for column in layout.table.required)
    return is_same or repeated == [str(number) for number in range(1, len(names) + 1)]


def _without_empty_end(cells: Sequence[str]) -> list[str]:
    size = max((at for at, cell in enumerate(cells, 1) if cell), default=0)
    return [*cells[:size]]
