"""Hold every interval to its promise: a table of coverage, one of false alarms, and the rows that break a promise.

Run by `make bench-coverage` (ARGS=--draws 100 for a short look).
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from statistics import mean

from tests.bench.coverage.measure import Judged, Row, coverage, verdicts
from tests.bench.coverage.samples import Company, Survey
from tests.bench.coverage.scenarios import COMPANIES, MORE, SURVEYS, UNCHANGED, UNCHANGED_SURVEYS

LEAST = {400: 0.87, 2000: 0.89}  # coverage of a row by draws; below, it fails
MOST_ALARMS, MEAN_ALARMS, FOUND = 0.12, 0.065, 0.95
FEWEST = 30  # draws with an interval that a row is judged by
OF_PERIODS = ("churn", "grr", "nrr", "arpa", "clv")


def least(draws: int) -> float:
    return LEAST[2000] if draws >= 2000 else LEAST[400] if draws >= 400 else 0.82


def broken(row: Row) -> bool:
    return row.draws * (1 - row.none) >= FEWEST and row.covered < least(row.draws)


def shown(row: Row) -> str:
    shares = "".join(f"{100 * share:8.1f}" for share in (row.none, row.covered, row.below, row.above))
    return f"{row.metric:16} {row.scenario:44} {row.draws:5}{shares} {row.width:12.4g}{'  FAILS' if broken(row) else ''}"


def all_coverage(draws: int) -> Iterator[Row]:
    print(f"{'metric':16} {'scenario':44} {'draws':>5}{'none %':>8}{'cover %':>8}{'below %':>8}{'above %':>8} {'width':>12}")
    scenarios: list[Company | Survey] = [*COMPANIES, *SURVEYS]
    for scenario in scenarios:
        for row in coverage(scenario, draws):
            print(shown(row), flush=True)
            yield row


def all_verdicts(draws: int) -> Iterator[Judged]:
    print(f"\n{'metric':16} {'scenario, no change':60} {'draws':>5}{'none %':>8}{'alarms %':>9}")
    asked: list[tuple[Company | Survey, tuple[str, ...]]] = [(each, OF_PERIODS) for each in UNCHANGED]
    asked += [(each, ("nps", "csat", "ces")) for each in UNCHANGED_SURVEYS]
    for scenario, metrics in asked:
        for row in verdicts(scenario, draws, metrics):
            print(f"{row.metric:16} {row.scenario:60} {row.draws:5}{100 * row.none:8.1f}{100 * row.significant:9.1f}", flush=True)
            yield row


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=400)
    draws = parser.parse_args().draws
    faults = [f"coverage: {row.metric}, {row.scenario}: {row.covered:.3f}" for row in all_coverage(draws) if broken(row)]
    alarms: dict[str, list[float]] = defaultdict(list)
    for row in all_verdicts(draws):
        alarms[row.metric].append(row.significant)
        faults += [f"alarms: {row.metric}, {row.scenario}: {row.significant:.3f}"] if row.significant > MOST_ALARMS else []
    faults += [f"mean alarms: {metric}: {mean(shares):.3f}" for metric, shares in alarms.items() if mean(shares) > MEAN_ALARMS]
    print("\nmean false alarms: " + ", ".join(f"{metric} {100 * mean(shares):.1f} %" for metric, shares in alarms.items()))
    (found,) = verdicts(MORE, draws, ("arpa",))
    print(f"arpa, {MORE.name}: found in {100 * found.significant:.1f} %")
    faults += [f"not found: {found.significant:.3f}"] if found.significant < FOUND else []
    print("\n".join(["", *faults]) if faults else "\nevery promise is kept")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
