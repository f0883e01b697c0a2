"""Several pollutions at once, drawn with a fixed seed."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from random import Random

from tests.pollution.clean import customers, text
from tests.pollution.families.dates import FORMS
from tests.pollution.families.headers import ABOVE, BELOW, WRITTEN
from tests.pollution.families.preambles import TITLES
from tests.pollution.families.totals import LINES, WORDS
from tests.pollution.pollution import ALL, Pollution, whole

SEED, MANY = 2022, 60
CODECS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-be")


def pollutions() -> Iterator[Pollution]:
    draw = Random(SEED)
    yield from (_drawn(draw, number) for number in range(MANY))


def _drawn(draw: Random, number: int) -> Pollution:
    delimiter, end = draw.choice(",;\t|"), draw.choice(["\n", "\r\n", "\r"])
    form = draw.choice(list(FORMS)[:-1])
    codec, header = draw.choice(CODECS), draw.choice(list(WRITTEN)[: -1 if end == "\r" else None])  # the last one has line breaks
    _, *rows = customers(ALL, FORMS[form])
    above = draw.choice([[], [], *([line] for line in ABOVE.values())])
    below = draw.choice([[], [], *([line] for name, line in BELOW.items() if name != "explanations")])
    last = draw.choice([[], [[draw.choice(WORDS), "60", "", "", ""]], [[draw.choice(LINES)]]])
    cells = [*above, WRITTEN[header], *below, *rows, *last]
    if draw.random() < 0.3:
        cells = [[*row, ""] for row in cells]
    quoting = draw.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    table = "".join(f"{line}{end}" for line in TITLES[: draw.choice([0, 0, 3, 7])]) + text(cells, delimiter, quoting=quoting, end=end)
    data = (table if draw.random() < 0.7 else table.removesuffix(end)).encode(codec)
    packed = gzip.compress(data, mtime=0) if draw.random() < 0.2 else data
    return whole(f"{number}: {delimiter!r}, {end!r}, {codec}, dates {form}, header {header}", packed)
