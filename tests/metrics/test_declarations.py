"""Every declaration of every metric refers to something that exists, and reading declarations loads no dataframe library."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import signature

import pytest

from custmetrics_cli.core.data.dataset import Dataset, FromCounts
from custmetrics_cli.core.data.lazy import resolve
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.metrics import METRICS

Lazy = tuple[str, str, int]  # what it is for, the text, how many arguments the function gets


def datasets() -> Iterator[Dataset]:
    for metric in METRICS.values():
        yield from metric.datasets
        yield from (total.dataset for total in metric.totals.values())


def from_counts(metric: Metric) -> Iterator[FromCounts]:
    for definition in metric.definitions.values():
        data = definition.interval.data if definition.interval else None
        yield from (each for each in (data, definition.model, definition.across_groups, *definition.exhibits, *definition.warnings) if each)


def lazy_functions() -> Iterator[Lazy]:
    for dataset in datasets():
        yield dataset.name, dataset.make, 2 + len(dataset.arguments)
        if dataset.day_columns:
            yield f"days of {dataset.name}", dataset.day_columns, 1
        yield from ((check.name, check.find, 2) for check in dataset.checks)
    for metric in METRICS.values():
        yield from ((f"counts of {metric.name}", each.read, 4 + len(each.arguments)) for each in from_counts(metric))


@pytest.mark.parametrize(("text", "count"), sorted({(text, count) for _, text, count in lazy_functions()}))
def test_every_text_names_a_function_with_the_right_arguments(text: str, count: int) -> None:
    signature(resolve(text)).bind(*range(count))


def test_datasets_with_one_name_are_one() -> None:
    by_name = {dataset.name: dataset for dataset in datasets()}
    assert [dataset.name for dataset in datasets() if by_name[dataset.name] != dataset] == []


def test_warnings_have_a_form_for_one_and_for_several() -> None:
    checks = {check.name: check for dataset in datasets() for check in dataset.checks}
    for check in checks.values():
        assert f"1 {check.noun} " in check.text(1) + " "
        assert f"2 {check.noun}s " in check.text(2) + " "
