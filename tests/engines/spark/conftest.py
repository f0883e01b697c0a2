"""A cluster of a master and two workers, once for each file of tests, with one session: a start takes longer than a metric."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.support.cluster import connect_server, environment, one_session, standalone


@pytest.fixture(scope="module", params=["classic", "connect"])
def master(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of the cluster, or of a server of Spark Connect on it."""
    folder = tmp_path_factory.mktemp(request.param)
    with standalone(folder) as address, ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in environment(folder).items():
            patch.setenv(name, value)
        if request.param == "connect":
            address = stack.enter_context(connect_server(folder, address))
        stack.enter_context(one_session(address))
        yield address
