"""Decide which rows of several files are the same row, and which files hold it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from custmetrics_cli.columns import FAR
from custmetrics_cli.ingest.overlap.hashes import EMPTY, are_in, mix
from custmetrics_cli.ingest.overlap.row_ids import Identity
from custmetrics_cli.ingest.overlap.rows import FileRows, SliceRows

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

SHORT, FEW, RUN = 20, 2, 6  # rows of a short file; rows in a row that are compared where no customer is known: in it, and in others


class Shared(NamedTuple):
    """The rows that two files hold."""

    one: int  # the numbers of the files
    other: int
    keys: Array  # what identifies the rows in all files, each once
    rows: tuple[int, int]  # the number of one row in each file, as an example
    differing: int  # rows that are not equal in both


def keys_in_several(files: Sequence[FileRows]) -> Array:
    """Return the keys that more than one file holds, in order."""
    every = np.sort(np.concatenate([file.all_keys for file in files]))
    repeated = np.unique(every[1:][(every[1:] == every[:-1]) & (every[1:] != EMPTY)])
    if not len(repeated):
        return repeated
    in_files = np.zeros(len(repeated), np.int64)
    for file in files:
        held = np.unique(file.all_keys[are_in(file.all_keys, repeated)])
        in_files[np.searchsorted(repeated, held)] += 1
    return repeated[in_files > 1]


def same_rows(files: Sequence[FileRows], identity: Identity, has_spans: bool) -> list[Shared]:
    """Return the rows that files share, for each two files."""
    found = [(np.full(len(rows.keys), number), rows) for number, file in enumerate(files) for rows in file.whole]
    if not found:
        return []
    in_file = np.concatenate([numbers for numbers, _ in found])
    rows = SliceRows(*map(np.concatenate, zip(*(rows for _, rows in found), strict=True)))
    keys = full_keys(rows, identity, knows_customers(files))
    order = np.lexsort((in_file, rows.days, keys))
    in_file, rows, keys = in_file[order], rows.select(order), keys[order]
    is_same = (keys[1:] == keys[:-1]) & (in_file[1:] != in_file[:-1]) & (rows.gives_back[1:] == rows.gives_back[:-1])
    if identity is Identity.ID:
        is_same &= _in_spans(rows) if has_spans else _in_days(rows, np.array([file.span for file in files])[in_file])
    return _by_pair(in_file, rows, keys, np.flatnonzero(is_same))


def knows_customers(files: Sequence[FileRows]) -> bool:
    """Return whether the customers of shared rows are known in every file."""
    return all(any((rows.customers != EMPTY).any() for rows in file.whole) for file in files if file.whole)


def full_keys(rows: SliceRows, identity: Identity, with_customers: bool) -> Array:
    """Return hashes of all that the same row has in each file."""
    if identity is not Identity.ID:
        return rows.keys
    return mix(rows.keys, rows.customers) if with_customers else mix(rows.keys, rows.days)


def _in_spans(rows: SliceRows) -> Array:
    """Return for each two neighbours whether they start on one day or last at the same time. Others are two periods of one id."""
    found: Array = (rows.days[1:] == rows.days[:-1]) | (rows.days[1:] < rows.ends[:-1])
    return found


def _in_days(rows: SliceRows, spans: Array) -> Array:
    """Return for each two neighbours whether their days are equal, or both files cover both days: numbers may restart each year."""
    days, firsts, lasts = rows.days, spans[:, 0], spans[:, 1]
    both = (days[:-1] >= firsts[1:]) & (days[:-1] <= lasts[1:]) & (days[1:] >= firsts[:-1]) & (days[1:] <= lasts[:-1])
    unknown = np.abs(days) >= FAR
    found: Array = (days[1:] == days[:-1]) | both | unknown[1:] | unknown[:-1]
    return found


def _by_pair(in_file: Array, rows: SliceRows, keys: Array, found: Array) -> list[Shared]:
    """Return the shared rows of each two files. found: the first of each two neighbours that are the same row."""
    first, second = in_file[found], in_file[found + 1]
    low, high = np.minimum(first, second), np.maximum(first, second)
    differs = rows.contents[found] != rows.contents[found + 1]
    shared = []
    for one, other in _pairs(low, high):
        of_pair = np.flatnonzero((low == one) & (high == other))
        at = int(found[of_pair[0]])
        example = (int(rows.numbers[at]), int(rows.numbers[at + 1]))
        ordered = example if in_file[at] == one else (example[1], example[0])
        shared.append(Shared(one, other, np.unique(keys[found[of_pair]]), ordered, int(differs[of_pair].sum())))
    return shared


def _pairs(low: Array, high: Array) -> list[tuple[int, int]]:
    most = int(high.max(initial=0)) + 1
    return [divmod(pair, most) for pair in np.unique(low * most + high).tolist()]


def equal_rows(one: FileRows, other: FileRows, with_customers: bool) -> int:
    """Return how many rows two files share, each once; 0 if they may be equal by chance.

    At least two rows, and half of the rows that one of the files has in the days of both. Without customers the order counts, too.
    """
    first, last = (pick(days) for pick, days in zip((max, min), zip(one.span, other.span, strict=True), strict=True))
    inside = [file.all_keys[(file.all_days >= first) & (file.all_days <= last)] for file in (one, other)]
    run = 1 if with_customers else FEW if min(map(len, inside)) < SHORT else RUN
    if min(map(len, inside)) < run:
        return 0
    first_keys, other_keys = (np.unique(_runs(keys, run)) for keys in inside)
    count = len(np.intersect1d(first_keys, other_keys, assume_unique=True))
    shared = count + run - 1 if count else 0
    return shared if shared > 1 and 2 * shared >= min(len(first_keys), len(other_keys)) + run - 1 else 0


def _runs(keys: Array, length: int) -> Array:
    """Return hashes of each so many rows in a row."""
    hashes = keys[: len(keys) - length + 1]
    for at in range(1, length):
        hashes = mix(hashes, keys[at : len(keys) - length + 1 + at])
    return hashes
