"""Clean tables whose meaning is written in other ways: never a wrong number in silence, and mostly the right one at the first try.

The files test what a reader of the file would understand: headers in ten languages, amounts in cents or per year, words for intervals
and states, people known by an e-mail address or phone number, orders split into lines, and columns that mean nothing.
"""

from __future__ import annotations

import pkgutil
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from tests.pollution.semantic import families
from tests.pollution.semantic.asking import Verdict, judge
from tests.pollution.semantic.case import Case
from tests.pollution.semantic.memo import remembered_answers

FAMILIES = [module.name for module in pkgutil.iter_modules(families.__path__)]
LEAST = 1_000
ANSWERED = 0.85  # of the cases: the right number at the first try, or after the pasted hint
REFUSED = {"interval: zu Fuß, season", "interval: std, std+"}  # no reader knows these words, so no hint can settle them


def cases(family: str) -> Iterator[Case]:
    yield from import_module(f"{families.__name__}.{family}").cases()


@pytest.mark.parametrize("family", FAMILIES)
def test_no_number_is_wrong_in_silence(family: str, tmp_path: Path) -> None:
    verdicts = dict(_judged(family, tmp_path))
    counts = Counter(verdict.word for verdict in verdicts.values())
    bad = {name: verdict for name, verdict in verdicts.items() if verdict.word not in ("right", "hinted", "warned")}
    assert {name: verdict for name, verdict in bad.items() if name not in REFUSED} == {}
    assert all(verdict.word == "dead end" for verdict in bad.values())
    assert counts["right"] + counts["hinted"] >= LEAST_ANSWERED.get(family, ANSWERED) * len(verdicts)


# Names of intervals and states that no list holds are read with a warning: half of these files have such words on purpose.
LEAST_ANSWERED = {"intervals": 0.4, "states": 0.6}


def test_the_suite_is_large() -> None:
    assert sum(len([*cases(family)]) for family in FAMILIES) >= LEAST


def _judged(family: str, folder: Path) -> Iterator[tuple[str, Verdict]]:
    with remembered_answers():
        for number, case in enumerate(cases(family)):
            own = folder / str(number)
            own.mkdir()
            yield f"{case.name}", judge(case, own)
