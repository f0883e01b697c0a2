"""Reading: from files as they are given to frames of whole numbers, every row accounted for, every fault located."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from custmetrics_cli.sources._nouns import Given, Settings
    from custmetrics_cli.sources.loaded import Loaded as Loaded
    from custmetrics_cli.tables import Wanted


def load(givens: Sequence[Given], wanted: Mapping[str, Wanted], settings: Settings, engine: str = "auto") -> Loaded:
    """Tables as frames. wanted: what is looked at, by table. Raises CustmetricsError E2xx to E5xx.

    The result is to be closed. The readers, which are slow to import, are imported only here.
    """
    from custmetrics_cli.sources.loading import load as loaded

    return loaded(givens, wanted, settings, engine)
