"""Find the encoding of Cyrillic text by the frequency of its letters: cp1251, cp866, KOI8-R or ISO 8859-5.

In the wrong encoding, frequent letters become rare ones, capitals stand inside words, or letters become signs.
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import log2

CODECS = ("cp1251", "koi8-r", "cp866", "iso8859-5")  # the most common first
PER_MILLE = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґ",
        (
            110,
            85,
            80,
            74,
            67,
            63,
            55,
            47,
            45,
            44,
            35,
            32,
            30,
            28,
            26,
            20,
            19,
            17,
            17,
            16,
            16,
            14,
            12,
            10,
            9,
            7,
            6,
            5,
            4,
            3,
            3,
            1,
            1,
            9,
            3,
            3,
            1,
        ),
        strict=True,
    )
)
BITS = {letter: log2(count / 1000) for letter, count in PER_MILLE.items()}
CAPITAL, CAPITAL_INSIDE, MARK, SIGN = -0.5, -4.0, -9.0, -14.0  # bits
MARKS = "«»№—–…„“”’\u00a0"  # that Russian texts contain
LEAST_GAIN, LEAST_MEAN = 8.0, 0.5  # bits: in all, and per character
SAMPLE = 20_000  # bytes
WORD = re.compile(r"(?<![A-Za-z\u0400-\u04ff])[\u0400-\u04ff]{2,}(?![A-Za-z\u0400-\u04ff])")


def best_codec(data: bytes) -> str:
    """Return the most likely encoding of Cyrillic text. Another one than cp1251 must be clearly more likely.

    >>> [best_codec("Клиент;Дата начала;Иванов".encode(codec)) for codec in CODECS]
    ['cp1251', 'koi8-r', 'cp866', 'iso8859-5']
    """
    texts = {codec: _beyond_ascii(data[:SAMPLE], codec) for codec in CODECS}
    bits = {codec: _bits(text) for codec, text in texts.items()}
    best = max(CODECS, key=bits.__getitem__)
    gain = bits[best] - bits[CODECS[0]]
    return best if gain >= max(LEAST_GAIN, LEAST_MEAN * len(texts[best])) else CODECS[0]


def letters_in_words(data: bytes, codec: str) -> int:
    """Count the letters of Cyrillic words that have no Latin letter beside them."""
    return sum(map(len, WORD.findall(data.decode(codec, "replace"))))


def _beyond_ascii(data: bytes, codec: str) -> str:
    """Return the text with one space for each run of ASCII."""
    return re.sub(r"[\x00-\x7f]+", " ", data.decode(codec, "replace"))


def _bits(text: str) -> float:
    return sum(_bits_of(before, character) for before, character in pairwise(f" {text}") if character != " ")


def _bits_of(before: str, character: str) -> float:
    """Return the logarithm of how likely a character is after another one."""
    lower = character.lower()
    if lower not in BITS:
        return MARK if character in MARKS else SIGN
    if character == lower:
        return BITS[lower]
    return BITS[lower] + (CAPITAL_INSIDE if before != before.upper() else CAPITAL)
