"""Complete the match of a file by the words of its headers and by its cells, or ask what they leave open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.core.errors import Place, Problem
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.recognise.amounts.amount import apply_meaning
from custmetrics_cli.ingest.recognise.amounts.order_totals import apply_order_totals
from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate
from custmetrics_cli.ingest.recognise.head import Head
from custmetrics_cli.ingest.recognise.headers import Header
from custmetrics_cli.ingest.recognise.match_table import TableMatch, mapping_for
from custmetrics_cli.ingest.recognise.roles.choose import Rival, choose_columns
from custmetrics_cli.ingest.recognise.roles.doubts.defaults import default_remarks
from custmetrics_cli.ingest.recognise.roles.doubts.ends import end_remarks
from custmetrics_cli.ingest.recognise.roles.doubts.orders import order_remarks
from custmetrics_cli.ingest.recognise.roles.doubts.states import state_remarks
from custmetrics_cli.ingest.recognise.roles.hints import help_with_ends
from custmetrics_cli.ingest.recognise.roles.questions import adopt_currency, find_open, open_question, rival_question
from custmetrics_cli.ingest.recognise.roles.sample import Sample
from custmetrics_cli.ingest.recognise.roles.spending import why_not_costs, why_not_purchases
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables import Table
from custmetrics_cli.tables.shared.table import Selection

EVERYTHING: frozenset[str] = frozenset()  # as needed columns: all of the table


@dataclass(frozen=True)
class Refiner:
    """The step from headers to cells, for one file. selections: the columns that the answer needs, by table; {} = all of every table."""

    candidate: HeaderCandidate
    head: Head
    source: InputFile
    settings: Settings
    selections: Mapping[str, Selection]

    def refine(self) -> tuple[HeaderCandidate, Problem | None]:
        """Return the candidate with further columns, and the first question about them."""
        match, rivals = self._choose()
        match = self._with_constants(match)
        match = adopt_currency(match, self._header, self._sample, self._settled)
        match, unclear_amount = apply_meaning(match, self._header, self._sample, self._mapping, self.source.path, self.candidate.line)
        place = Place(self.source.path, self.candidate.line, match.columns.get("amount", -1) + 1)
        match, unclear_totals = apply_order_totals(match, self._header, self._sample, self.settings.policies, place)
        if match.missing or self._needed is None:
            return self.candidate._replace(match=match), None
        match = match._replace(column_help=dict(help_with_ends(self.candidate._replace(match=match), self._sample)))
        remarks = [*default_remarks(match, self._header, self._sample)] if self._needs("interval") else []
        for doubts in (state_remarks, order_remarks):
            remarks += doubts(match, self._header, self._sample, self._needs)
        remarks += end_remarks(self.candidate._replace(match=match), self._sample, self._needs, self.settings)
        match = match._replace(remarks=(*match.remarks, *remarks))
        problem = (unclear_amount or unclear_totals) if self._needs("amount") else None
        return self.candidate._replace(match=match), problem or next(self._questions(match, rivals), None)

    def _choose(self) -> tuple[TableMatch, tuple[Rival, ...]]:
        match = self.candidate.match
        choice = choose_columns(match, self._header, self._sample, self._mapping)
        missing = tuple(column.name for column in match.table.required if column.name not in choice.columns)
        notes = (*match.notes, *choice.notes)
        return match._replace(columns=choice.columns, found_by=choice.found_by, notes=notes, missing=missing), choice.rivals

    def _with_constants(self, match: TableMatch) -> TableMatch:
        """Add the values that the user gives for columns that the file does not have."""
        own = {name: text for name, text in self.settings.constants.items() if name in match.table.by_name}
        return match._replace(constants={**match.constants, **{name: text for name, text in own.items() if name not in match.columns}})

    def _questions(self, match: TableMatch, rivals: tuple[Rival, ...]) -> Iterator[Problem]:
        path, line = self.source.path, self.candidate.line
        if not self.source.table:
            doubts = (why_not_costs(match, self._header, self._sample, path, line), why_not_purchases(match, self._header, path, line))
            yield from filter(None, doubts)
        needed_rivals = tuple(rival for rival in rivals if self._needs(rival.column.name))
        if needed_rivals:
            yield rival_question(needed_rivals, self._header, path, line)
        found = [each for each in find_open(match, self._header, self._sample, self._settled) if self._needs(each.column.name)]
        if found:
            yield open_question(found, path, line)

    @cached_property
    def _header(self) -> Header:
        return Header(self.candidate.header)

    @cached_property
    def _sample(self) -> Sample:
        return Sample(self.head, self.candidate)

    @cached_property
    def _mapping(self) -> Mapping[str, str]:
        return mapping_for(self.candidate.match.table, self.settings.columns)

    @property
    def _settled(self) -> frozenset[str]:
        """The columns that the user or the preset names."""
        preset = self.candidate.match.preset
        return frozenset((*self._mapping, *(preset.columns if preset else ())))

    @cached_property
    def _needed(self) -> frozenset[str] | None:
        return needed_columns(self.candidate.match.table, self.selections)

    def _needs(self, column: str) -> bool:
        return self._needed is not None and (self._needed is EVERYTHING or column in self._needed)


def needed_columns(table: Table, selections: Mapping[str, Selection]) -> frozenset[str] | None:
    """Return the columns that an answer reads, directly or through derived ones; None = the answer does not need the table."""
    if not selections:
        return EVERYTHING
    if table.name not in selections:
        return None
    selection = selections[table.name]
    if selection.everything:
        return EVERYTHING
    names = {*selection.reads, *(name for rule in table.skip_rules for name in rule.reads if name in table.by_name)}
    policies = table.policy_values({})
    for derived in reversed(table.derived):
        if derived.name in names:
            names.update(derived.columns_read(policies))
    if any(table.kinds.get(name) is MONEY for name in names):
        names.update(column.name for column in table.columns if column.is_currency)
    return frozenset(names) or None
