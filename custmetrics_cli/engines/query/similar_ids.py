"""Ids that differ only by case or surrounding space: probably one customer, written in two ways."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from custmetrics_cli.columns.text import BLANKS


def group_similar_ids(ids: pa.StringArray) -> list[tuple[str, ...]]:
    """Group those of some distinct ids that differ in nothing else, in order of name."""
    plain = pc.utf8_lower(pc.utf8_trim(ids, characters=BLANKS)).dictionary_encode()
    counts = pc.value_counts(plain.indices)
    repeated = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    rows = pc.is_in(plain.indices, repeated)
    groups: dict[int, list[str]] = {}
    for text, code in zip(ids.filter(rows).to_pylist(), plain.indices.filter(rows).to_pylist(), strict=True):
        groups.setdefault(code, []).append(text)
    return sorted(tuple(sorted(group)) for group in groups.values())
