"""Encodings, and bytes that no encoding has."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from tests.pollution.clean import CYRILLIC, LATIN, PLAIN, customers, people, text
from tests.pollution.pollution import Pollution, hurt, rows, whole

RUSSIAN = people(("ООО «Север, {}»", 'Завод "Луч" {}', "ИП Ёлкин {}", "Smith, Jones & Co {}"), ("старт", "профи", "всё"))
WESTERN = people(LATIN, ("größe", "über", "señal"))
TEXTS = {"Russian": RUSSIAN, "Western": WESTERN, "mixed": people((*CYRILLIC, *LATIN)), "ASCII": people(PLAIN)}
WIDE = {
    "utf-8": (b"", "utf-8"),
    "utf-8 with mark": (codecs.BOM_UTF8, "utf-8"),
    "utf-16-le": (b"", "utf-16-le"),
    "utf-16-le with mark": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "utf-16-be": (b"", "utf-16-be"),
    "utf-16-be with mark": (codecs.BOM_UTF16_BE, "utf-16-be"),
}
WRONG = (0x81, 0xC3, 0xE9, 0xFF)


def pollutions() -> Iterator[Pollution]:
    for language, found in TEXTS.items():
        for name, (mark, codec) in WIDE.items():
            for delimiter, end in ((",", "\n"), (";", "\r\n")):
                yield whole(
                    f"{language}, {name}, {delimiter!r}", mark + text(customers(found), delimiter, end=end).encode(codec), rows(found)
                )
    for delimiter in ",;\t|":
        yield whole(f"cp1251, {delimiter!r}", text(customers(RUSSIAN), delimiter).encode("cp1251"), rows(RUSSIAN))
        yield whole(f"cp1252, {delimiter!r}", text(customers(WESTERN), delimiter).encode("cp1252"), rows(WESTERN))
        yield whole(f"latin-1, {delimiter!r}", text(customers(WESTERN), delimiter).encode("latin-1"), rows(WESTERN))
    yield hurt("utf-32", text(customers(RUSSIAN)).encode("utf-32"), rows(RUSSIAN))
    yield from _wrong()


def _wrong() -> Iterator[Pollution]:
    data = text(customers(RUSSIAN)).encode()
    places = {
        "in the header": 3,
        "in a name": data.index("Север".encode()) + 2,
        "in a date": data.index(b"2022") + 5,
        "at the end": len(data),
    }
    for where, at in places.items():
        for byte in WRONG:
            yield hurt(f"0x{byte:02X} {where}", data[:at] + bytes([byte]) + data[at:], rows(RUSSIAN))
    yield hurt(
        "half UTF-8, half cp1251",
        text(customers(RUSSIAN[:30])).encode() + text(customers(RUSSIAN[30:])[1:]).encode("cp1251"),
        rows(RUSSIAN),
    )
    yield hurt("one row in cp1252", data + "1,Müller,pro,2022-03-13,\n".encode("cp1252"))
    yield hurt("an odd byte of UTF-16", text(customers(RUSSIAN)).encode("utf-16")[:-1], rows(RUSSIAN))
    yield hurt("UTF-16 after a line of ASCII", b"Report\n" + text(customers(RUSSIAN)).encode("utf-16-le"), rows(RUSSIAN))
    yield whole("a mark twice", codecs.BOM_UTF8 * 2 + data, rows(RUSSIAN))
    yield whole("letters put together of two", text(customers(people(("Cafe\u0301 {}",)))).encode(), rows(people(("Cafe\u0301 {}",))))
    yield whole("signs beyond 16 bits", text(customers(people(("😀 {}",)))).encode("utf-16"), rows(people(("😀 {}",))))
