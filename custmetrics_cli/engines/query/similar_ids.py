"""Ids that are the same but for case or the space around them: probably one customer, written in two ways."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from custmetrics_cli.ingest.parse.distinct import stripped


def group_similar_ids(ids: pa.StringArray) -> list[tuple[str, ...]]:
    """Groups of distinct ids that differ in nothing else, in order of name."""
    plain = pc.utf8_lower(stripped(ids)).dictionary_encode()
    several = pc.value_counts(plain.indices)
    again = several.field("values").filter(pc.greater(several.field("counts"), 1))
    rows = pc.is_in(plain.indices, again)
    groups: dict[int, list[str]] = {}
    for text, code in zip(ids.filter(rows).to_pylist(), plain.indices.filter(rows).to_pylist(), strict=True):
        groups.setdefault(code, []).append(text)
    return sorted(tuple(sorted(group)) for group in groups.values())
