"""How long and how much: whole processes, ours beside what a person would write by hand. Run by `make bench`.

Each case runs in turns (A B A B …); a ratio is that of the medians. Files are made under .bench/, with a fixed seed.
This process stays small: the system counts its memory at the start of a child as the child's.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from measure import Spent, alternating, middle, spent, spread

HERE = Path(__file__).parent
WORK = HERE.parents[1] / ".bench"
OURS = Path(sys.executable).with_name("custmetrics")
QUARTER = ("2022-04-01", "2022-07-01")
FIGURES = ("opening", "closing", "new", "reactivated", "lost")
MEGABYTE = 1024 * 1024

Command = Sequence[str | Path]


@dataclass(frozen=True)
class Case:
    """Ours and theirs; at most `time` times the wall clock and `memory` times the peak (0: shown, not judged)."""

    about: str
    ours: Command
    theirs: Command
    times: int
    time: float = 0
    memory: float = 0
    check: Callable[[Spent, Spent], None] | None = None


@dataclass(frozen=True)
class Sizes:
    small: int = 10_000
    middle: int = 1_000_000
    large: int = 10_000_000
    memory: str = "300MB"  # less than the largest file
    times: int = 5


QUICK = Sizes(middle=200_000, large=1_000_000, memory="30MB", times=3)


def made(rows: int) -> Path:
    """The file of that many rows, made by the first run that wants it."""
    path = WORK / f"customers_{rows}.csv"
    if not path.exists():
        spent([sys.executable, HERE / "data.py", path, str(rows)], WORK)
    return path


def churn(file: Path, *more: str | Path) -> Command:
    return [OURS, "churn", "--period", "2022-Q2", "--no-config", "--quiet", "--json", *more, file]


def same_figures(file: Path) -> Callable[[Spent, Spent], None]:
    """Ours and theirs must agree, plan by plan, before their times are compared."""

    def check(ours: Spent, theirs: Spent) -> None:
        by_hand = json.loads(theirs.out)
        ledger = spent([OURS, "customers", "--period", "2022-Q2", "--by", "plan", "--no-config", "--quiet", "--json", file], WORK)
        for names, said in ((FIGURES, ledger), (("opening", "lost"), ours)):
            found = {r["group"]["plan"]: {name: r["totals"][name] for name in names} for r in json.loads(said.out)["results"]}
            expected = {plan: {name: counts[name] for name in names} for plan, counts in by_hand.items()}
            assert found == expected, f"the figures differ: {found} by us, {expected} by hand"

    return check


def help_of_ours(sizes: Sizes) -> Case:
    spent([sys.executable, HERE / "bare.py", WORK], WORK)
    return Case("--help : a bare Typer app of the same size", [OURS, "--help"], [sys.executable, WORK / "bare", "--help"], 15, time=1.3)


def little(sizes: Sizes) -> Case:
    file = made(sizes.small)
    return Case(f"churn, {sizes.small:,} rows : import pandas", churn(file), [sys.executable, "-c", "import pandas"], 15, time=1.5)


def against_pandas(sizes: Sizes) -> Case:
    file = made(sizes.middle)
    by_hand = [sys.executable, HERE / "by_hand_pandas.py", file, *QUARTER]
    about = f"churn --by plan, {sizes.middle:,} rows : pandas by hand"
    return Case(about, churn(file, "--by", "plan"), by_hand, sizes.times, time=1.0, check=same_figures(file))


def against_duckdb(sizes: Sizes) -> Case:
    file = made(sizes.large)
    by_hand = [sys.executable, HERE / "by_hand_duckdb.py", file, *QUARTER]
    about = f"churn --by plan, {sizes.large:,} rows : DuckDB by hand"
    return Case(about, churn(file, "--by", "plan"), by_hand, sizes.times, time=2.0, memory=1.5, check=same_figures(file))


def sixty_months(sizes: Sizes) -> Case:
    file = made(sizes.large)
    months = churn(file, "--period", "2018-01-01..2022-12-31", "--every", "month")
    return Case(f"60 months, {sizes.large:,} rows : one period", months, churn(file), min(sizes.times, 3), time=2.0, check=sixty)


def sixty(ours: Spent, theirs: Spent) -> None:
    assert len(json.loads(ours.out)["results"]) == 60


def beyond_memory(sizes: Sizes) -> Case:
    file = made(sizes.large)
    about = f"a file of {file.stat().st_size // MEGABYTE} MB in --memory {sizes.memory} : the same without"
    within = churn(file, "--by", "plan", "--memory", sizes.memory)
    return Case(about, within, churn(file, "--by", "plan"), min(sizes.times, 3), check=same_answer)


def same_answer(ours: Spent, theirs: Spent) -> None:
    assert ours.out == theirs.out, "the answer within --memory differs"


CASES = {"a": help_of_ours, "b": little, "c": against_pandas, "d": against_duckdb, "e": sixty_months, "f": beyond_memory}


def shown(letter: str, case: Case) -> bool:
    """Run a case and print it; whether it met its targets."""
    ours, theirs = alternating(case.ours, case.theirs, case.times, WORK)
    if case.check:
        case.check(ours[-1], theirs[-1])
    print(f"\n({letter}) {case.about}; {case.times} runs each, in turns")
    lines = [("wall s", "wall", 1.0, case.time), ("cpu s", "cpu", 1.0, 0.0), ("peak MB", "peak", float(MEGABYTE), case.memory)]
    met = [line(ours, theirs, *each) for each in lines]
    return all(met)


def line(ours: list[Spent], theirs: list[Spent], name: str, of: str, unit: float, target: float) -> bool:
    ratio = middle(ours, of) / middle(theirs, of)
    verdict = "" if not target else f"at most {target:.1f}: {'met' if ratio <= target else 'MISSED'}"
    print(f"    {name:8} {spread(ours, of, unit):>28} {spread(theirs, of, unit):>28} {ratio:6.2f} x  {verdict}".rstrip(), flush=True)
    return not target or ratio <= target


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="smaller files, fewer runs")
    asked.add_argument("--only", default=",".join(CASES), help="letters of cases, with commas between (default: all)")
    given = asked.parse_args()
    WORK.mkdir(exist_ok=True)
    print(f"{'':13}{'ours':>28} {'theirs':>28}   ratio of medians (least-most)")
    met = [shown(letter, CASES[letter](QUICK if given.quick else Sizes())) for letter in given.only.split(",")]
    print(f"\n{sum(met)} of {len(met)} cases met their targets")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
