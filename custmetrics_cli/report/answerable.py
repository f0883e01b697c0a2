"""The metrics that inspected files can answer together, decided by the same rules as a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.compute.split.columns import ColumnRef
from custmetrics_cli.core.errors import Choice, CustmetricsError
from custmetrics_cli.core.options import REQUIRED, in_effect
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.core.data.dataset import Dataset
    from custmetrics_cli.core.inspection import Inspected
    from custmetrics_cli.core.metric import Definition, Metric

QUESTION = "question of this kind"
Chosen = Mapping[int, tuple[str, ...]]  # id of a dataset -> the tables that it uses


class Verdict(NamedTuple):
    """The answer of files to the question if they can compute a metric in one definition."""

    tables: tuple[str, ...] = ()  # the tables that it uses; none: some table has no file
    missing: Mapping[str, tuple[str, ...]] = {}  # table -> columns that it lacks
    options: tuple[str, ...] = ()  # options that the command needs

    @property
    def answers(self) -> bool:
        return bool(self.tables) and not self.missing


class Verdicts:
    """The verdicts on all metrics, for some inspected files."""

    def __init__(self, inspected: Inspected) -> None:
        self._files = [file for file in inspected.files if file.table]
        tables = dict.fromkeys(file.table for file in self._files)
        self._present = {name: frozenset[str]().union(*(file.answers for file in self._files if file.table == name)) for name in tables}

    def answered(self) -> Iterator[tuple[Metric, Verdict]]:
        """Yield each metric that the files answer."""
        for metric in METRICS.values():
            if found := next((each for name in metric.definitions if (each := self.of(metric, name)).answers), None):
                yield metric, found

    def by_table(self) -> dict[str, list[str]]:
        """Return the metrics that each table helps to answer, with the options that they need: cohorts (--definition orders)."""
        names: dict[str, list[str]] = {table: [] for table in self._present}
        for metric, verdict in self.answered():
            for table in verdict.tables:
                names[table].append(f"{metric.name} ({' '.join(verdict.options)})" if verdict.options else metric.name)
        return names

    def missing_by_table(self) -> dict[str, dict[str, list[str]]]:
        """Return the metrics that only lack columns of a table, by table and by the missing columns."""
        missing: dict[str, dict[str, list[str]]] = {table: {} for table in self._present}
        answered = {metric.name for metric, _ in self.answered()}
        for metric in (each for each in METRICS.values() if each.name not in answered):
            for table, columns in self.of(metric, "standard").missing.items():
                missing[table].setdefault(", ".join(sorted(columns)), []).append(metric.name)
        return missing

    def of(self, metric: Metric, name: str) -> Verdict:
        definition = metric.definitions[name]
        chosen = {id(dataset): self._tables_of(dataset) for dataset in definition.datasets}
        if not all(chosen.values()):
            return Verdict()
        missing = dict(self._missing(metric, definition, chosen))
        tables = tuple(dict.fromkeys(table for tables in chosen.values() for table in tables))
        definitions = [] if name == "standard" else [str(Choice("definition", name))]
        return Verdict(tables, missing, (*definitions, *self._gap(definition, chosen), *_required(metric, definition)))

    def _tables_of(self, dataset: Dataset) -> tuple[str, ...]:
        """Return the tables that a run would choose."""
        alternatives = [tables for tables in dataset.needs if self._present.keys() >= {*tables}]
        return next((tables for tables in alternatives if self._has_ends(dataset, tables[0])), alternatives[0] if alternatives else ())

    def _has_ends(self, dataset: Dataset, table: str) -> bool:
        ends = [column.name for column in TABLES[table].columns if column.is_end and column.name in dataset.reads]
        return self._present[table].issuperset(ends)

    def _missing(self, metric: Metric, definition: Definition, chosen: Chosen) -> Iterator[tuple[str, tuple[str, ...]]]:
        missing: dict[str, dict[str, None]] = {}
        for total in definition.needed_totals:
            tables = chosen[id(total.dataset)]
            for table, column in map(ColumnRef.parse, total.needs):
                table = table or tables[0]
                if table in tables and column not in {*self._present[table], TABLES[table].silent_end}:
                    missing.setdefault(table, {})[column] = None
        yield from ((table, tuple(columns)) for table, columns in missing.items())
        surveys = next((tables[0] for tables in chosen.values() if TABLES[tables[0]].questions), "")
        if surveys and not missing and self._lacks_question(metric, surveys):
            yield surveys, (QUESTION,)

    def _lacks_question(self, metric: Metric, table: str) -> bool:
        kinds = [file.surveys for file in self._files if file.table == table]
        known = frozenset[str]().union(*(kind for kind in kinds if kind is not None))
        return None not in kinds and bool(_survey_kinds(metric) - known)

    def _gap(self, definition: Definition, chosen: Chosen) -> list[str]:
        """Return the option that the definition needs where customers end by silence."""
        silent = [TABLES[chosen[id(total.dataset)][0]].silent_end in total.needs for total in definition.needed_totals]
        return ["--gap DAYS"] if any(silent) else []


def _required(metric: Metric, definition: Definition) -> list[str]:
    """Return the options without a default that the formula names, or that are always required."""
    return [
        f"--{option.name} {option.metavar}"
        for option in metric.options
        if not option.default and not option.without and (option.when_absent == REQUIRED or option.symbol in definition.names)
    ]


def _survey_kinds(metric: Metric) -> set[str]:
    """Return the kinds of survey that the metric needs; none if an option must name them."""
    try:
        return {kind for rows in metric.datasets if rows.check_context for kind in rows.check_context(in_effect(metric.options, {}))}
    except CustmetricsError:
        return set()


def commands(inspected: Inspected, period: str, inputs: str) -> list[str]:
    """Return the next three commands to try. inputs: the files and the options that say how they are read, as a shell takes them."""
    answered = [metric.name for metric, verdict in Verdicts(inspected).answered() if not verdict.options]
    if not answered:
        return []
    first, series, *_ = [*answered, *answered]
    asked = [f"report --period {period}", f"{first} --period {period}", f"{series} --period {period} --every month"]
    return [f"custmetrics {each} {inputs}" for each in asked]
