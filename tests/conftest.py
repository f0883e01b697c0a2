"""What all tests share."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.support.depth import examples

settings.register_profile("house", deadline=None, max_examples=examples(200))  # a busy machine is no failure
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the expected messages anew instead of comparing them")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what needs a cluster, unless it is chosen: starting Java takes longer than most tests."""
    if "spark" not in config.option.markexpr:
        for item in items:
            if item.get_closest_marker("spark"):
                item.add_marker(pytest.mark.skip(reason="needs Java and the extra `spark`: run make test-spark"))


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))
