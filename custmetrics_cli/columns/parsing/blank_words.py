"""Words that mean an empty cell in columns of numbers: n/a, null, a dash. In ids and words, NA is a value like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

BLANKS = (  # characters stripped around a cell
    " \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
NEVER_DAYS = [day for year in (9999, 2999) for day in (f"{year}-12-31", f"31.12.{year}", f"31/12/{year}", f"12/31/{year}", f"{year}1231")]
MIDNIGHTS = ("", " 00:00", " 0:00", " 00:00:00", " 0:00:00", "t00:00:00", "t00:00:00z", " 23:59", " 23:59:59", "t23:59:59", "t23:59:59z")
BLANK_WORDS = (
    *("-", "--", "–", "—", "n/a", "null", "(null)", "\\n", "none", "nil", "nan", "nat", "undefined", "(not set)", "(none)", "не закрыта"),
    *("na", "n.a.", "н/д", "нет данных", "нет ответа", "не указано", "без ответа", "no answer", "not answered", "k.a."),
    *("0000-00-00", "0000-00-00 00:00", "0000-00-00 00:00:00", "0000-00-00t00:00:00"),
    *(f"{day}{time}" for day in NEVER_DAYS for time in MIDNIGHTS),  # databases write them for "no end"
)  # in lower case


def drop_blank_word(text: str) -> str:
    """Return a stripped text; "" if it means an empty cell.

    >>> drop_blank_word("N/A"), drop_blank_word("-5")
    ('', '-5')
    """
    return "" if text.lower() in BLANK_WORDS else text


def drop_blank_words(texts: pa.StringArray) -> pa.StringArray:
    """Return the texts, each as drop_blank_word() does."""
    import pyarrow as pa
    import pyarrow.compute as pc

    blank = pc.is_in(pc.utf8_lower(texts), value_set=pa.array(BLANK_WORDS))
    return pc.if_else(blank, "", texts) if pc.any(blank).as_py() else texts
