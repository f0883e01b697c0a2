"""Reads all files of a table into a host: texts, numbers, rules, proof; twice where the first guess of a reading was wrong.

The guess comes from the first slice. From the moment the evidence speaks against it only evidence is collected, and the second read
knows everything. A file that the fast reader refuses, or that holds a row that is not proven, goes through the scan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

import pyarrow as pa

from custmetrics_cli.errors import SHOWN, CustmetricsError, Place, Problem
from custmetrics_cli.sources._nouns import Settings
from custmetrics_cli.sources.batch import Batch, batch, cells_of
from custmetrics_cli.sources.facts import Facts
from custmetrics_cli.sources.plan import Input, Plan
from custmetrics_cli.sources.read import CODED, NotUtf8, Refused, texts
from custmetrics_cli.sources.readings import Readings, Tallies, decided, tallied, undecided
from custmetrics_cli.sources.scan import Rejected, Scan, located
from custmetrics_cli.sources.scratch import Scratch
from custmetrics_cli.sources.typed import Coded
from custmetrics_cli.sources.unwrap import recode


class Host(Protocol):
    """Where rows are kept: in memory, or in a database that can be larger."""

    ids: pa.DataType  # how it likes to be given ids

    def clear(self, plan: Plan) -> None:
        """Forgets the rows of a table."""

    def add(self, plan: Plan, batch: Batch) -> None:
        """Takes the rows that are used."""


class Again(Exception):
    """A file was replaced by a copy: what was read of it does not count."""


@dataclass
class Gathering:
    """One table on its way into a host."""

    plan: Plan
    settings: Settings
    host: Host
    scratch: Scratch
    facts: Facts
    rejected: Rejected | None = None
    tallies: Tallies = field(default_factory=dict)  # the evidence by which readings were decided, once it is all there

    def run(self) -> None:
        """Raises CustmetricsError: E406, E407 for what is ambiguous, E4xx and E5xx for what is wrong."""
        readings = self._until_decided()
        dirty = [source for source in self.plan.inputs if source.dirty]
        if dirty:
            self._scan(dirty, readings)
            self._read(readings)
            for source in self.plan.inputs:
                if source.dirty:
                    raise CustmetricsError(_ours(source))

    def _until_decided(self) -> Readings:
        while True:
            try:
                tallies, guess = self._read(None)
                self.tallies = tallies
                break
            except Again:
                continue
        unclear = [Problem(o.code, o.message, *_at(self.plan, o.column, o.sample, o.hint)) for o in undecided(tallies, self.settings)]
        if unclear:
            raise CustmetricsError(*unclear)
        final = decided(self.plan.table, tallies, self.settings)
        if final != guess:
            self._read(final)
        return final

    def _read(self, readings: Readings | None) -> tuple[Tallies, Readings]:
        """One read of all files. readings: as they were decided; None = to be guessed."""
        self.host.clear(self.plan)
        self.facts.clear()
        tallies: Tallies = {}
        guess = readings or {}
        for source in self.plan.inputs:
            source.begin()
            for part in self._texts(source):
                cells = cells_of(part, self.plan)
                if readings is None:
                    tallies = tallied(self.plan.table, cells, tallies)
                    now = decided(self.plan.table, tallies, self.settings)
                    guess = guess or now
                if readings is not None or now == guess:
                    self._take(source, part, cells, guess)
        return tallies, guess or decided(self.plan.table, tallies, self.settings)

    def _texts(self, source: Input) -> Iterator[pa.Table]:
        mine = self.plan.id.name if self.plan.id else ""
        try:
            yield from texts(source.feed, {key: self.host.ids if key == mine else CODED for key in source.feed.positions})
        except NotUtf8:
            self._recode(source)
            raise Again from None
        except Refused:
            self._straighten(source)
            raise Again from None

    def _take(self, source: Input, part: pa.Table, cells: Mapping[str, Coded], readings: Readings) -> None:
        try:
            made = batch(part, cells, self.plan, zoned(readings, source))
        except CustmetricsError:
            source.dirty = True
            return
        source.count(made)
        if not source.dirty:
            self.facts.add(made, self.plan)
            self.host.add(self.plan, made)

    def _recode(self, source: Input) -> None:
        plain = recode(source.plain, self.scratch, self.settings.encoding)
        if plain.path == source.plain.path:
            raise CustmetricsError(_ours(source))
        source.plain = plain
        source.original = source.feed = replace(source.original, path=plain.path)

    def _straighten(self, source: Input) -> None:
        """Replaces what the fast reader refuses by a copy of its rows."""
        if source.feed is not source.original:
            raise CustmetricsError(_ours(source))
        if not source.plain.checked:
            source.plain = recode(source.plain, self.scratch, self.settings.encoding)
            source.original = replace(source.original, path=source.plain.path)
        scan = Scan(source, self.plan, None)
        source.feed = scan.copied(self.scratch.file())
        source.aside = scan.aside
        source.wrong = scan.total > 0

    def _scan(self, dirty: list[Input], readings: Readings) -> None:
        """Explains what is wrong and raises it, or sets it aside where the user said so."""
        problems: list[Problem] = []
        total = 0
        for source in dirty:
            scan = Scan(source, self.plan, zoned(readings, source), self.rejected)
            source.feed = scan.copied(self.scratch.file())
            source.aside, source.wrong = scan.aside, False
            problems, total = problems + scan.problems, total + scan.total
        if problems and not self.settings.skip_bad_rows:
            raise CustmetricsError(*problems[:SHOWN], total=total)


def zoned(readings: Readings, source: Input) -> Readings:
    """The readings for one file, whose header may say a zone."""
    return {name: replace(reading, zone=source.shape.zones.get(name, "")) for name, reading in readings.items()}


def _at(plan: Plan, column: str, sample: str, hint: str) -> tuple[Place, str, str]:
    place, row = located(plan, column, sample)
    return place, hint, row


def _ours(source: Input) -> Problem:
    message = "this file is read in two ways that do not agree; that is a fault of ours"
    return Problem("E901", message, Place(source.plain.given.path), "please report it, with the file if you can")
