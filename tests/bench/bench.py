"""How long and how much: whole processes, ours beside what a person would write by hand. Run by `make bench`.

Each case runs in turns (A B A B …); a ratio is that of the medians. Files are made under .bench/, with a fixed seed.
This process stays small: the system counts its memory at the start of a child as the child's.
"""

from __future__ import annotations

import argparse
import sys

import of_completion
import of_conversion
import of_customers
import of_definitions
import of_report
import of_revenue
import of_survival
from case import HERE, OURS, QUICK, WORK, Case, Sizes
from measure import Spent, alternating, middle, spent, spread

MEGABYTE = 1024.0 * 1024


def help_of_ours(sizes: Sizes) -> Case:
    spent([sys.executable, HERE / "bare.py", WORK], WORK)
    return Case("--help : a bare Typer app of the same size", [OURS, "--help"], [sys.executable, WORK / "bare", "--help"], 15, time=1.3)


CASES = {
    "a": help_of_ours,
    "b": of_customers.little,
    "c": of_customers.against_pandas,
    "d": of_customers.against_duckdb,
    "e": of_customers.sixty_months,
    "f": of_customers.beyond_memory,
    "g": of_revenue.one_quarter,
    "h": of_revenue.sixty_months,
    "i": of_revenue.against_one_month,
    "j": of_report.against_slowest,
    "k": of_definitions.all_profiles,
    "l": of_completion.of_columns,
    "m": of_survival.of_middle,
    "n": of_survival.of_large,
    "o": of_report.as_page,
    "p": of_conversion.of_customers,
    "q": of_conversion.of_revenue,
    "r": of_customers.in_400_megabytes,
    "s": of_revenue.in_400_megabytes,
}


def shown(letter: str, case: Case) -> bool:
    """Run a case and print it; whether it met its targets."""
    ours, theirs = alternating(case.ours, case.theirs, case.times, WORK)
    if case.check:
        case.check(ours[-1], theirs[-1])
    print(f"\n({letter}) {case.about}; {case.times} runs each, in turns")
    lines = [
        line(ours, theirs, "wall s", "wall", 1.0, (case.time, case.seconds)),
        line(ours, theirs, "cpu s", "cpu", 1.0, (0, 0)),
        line(ours, theirs, "peak MB", "peak", MEGABYTE, (case.memory, case.most)),
    ]
    return all(lines)


def line(ours: list[Spent], theirs: list[Spent], name: str, of: str, unit: float, most: tuple[float, float]) -> bool:
    """Print a line; whether it met its target. most: times theirs, and units beside."""
    (times, more), own, other = most, middle(ours, of) / unit, middle(theirs, of) / unit
    is_met = own <= times * other + more or not (times or more)
    target = " and ".join([f"{times:.2f} x"] * bool(times) + [f"{more:.0f} {name.split()[1]}"] * bool(more))
    verdict = "" if not target else f"at most {target}: {'met' if is_met else 'MISSED'}"
    print(f"    {name:8} {spread(ours, of, unit):>28} {spread(theirs, of, unit):>28} {own / other:6.2f} x  {verdict}".rstrip(), flush=True)
    return is_met


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
