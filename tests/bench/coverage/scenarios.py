"""The scenarios of the coverage bench."""

from __future__ import annotations

from tests.bench.coverage.samples import MIXED, Company, Survey

FIVE = (5,)
COMPANIES = (
    *(Company(f"{n} customers, {loss:.0%} leave", n, loss) for n in (5, 10, 30, 100, 1000) for loss in (0.02, 0.05, 0.3)),
    Company("1,000 customers, 5% leave, sigma 1", 1000, 0.05, sigma=1),
    *(
        Company(f"{n} customers, sigma {sigma:g}, 5% leave", n, 0.05, 0.1, 0.15, sigma=sigma)
        for n in (10, 30, 100)
        for sigma in (0.02, 1, 1.5)
    ),
    *(Company(f"33 customers, sigma {s:g}, 5% leave", 33, 0.05, 0.1, 0.15, sigma=s) for s in (0.02, 1, 1.5)),  # about 31 pay at the end
    Company("30 customers, rare movements", 30, 0.02, 0.015, 0.015, sigma=1),
    Company("10 customers, half expand", 10, 0.05, 0, 0.5, sigma=1),
    Company("30 customers, lognormal gains", 30, 0.05, 0.1, 0.1, "lognormal", 1),
)
SURVEYS = (
    *(Survey(f"{n} customers, once, {scores}", n, scores) for n in (5, 10, 30, 100, 1000) for scores in ("middle", "near an end", "split")),
    *(Survey(f"30 customers, five times, alike {a:g}", 30, "middle", FIVE, a) for a in (0, 0.5, 0.8)),
    *(Survey(f"30 customers, mixed, alike 0.8, {scores}", 30, scores, MIXED, 0.8) for scores in ("middle", "near an end", "split")),
    Survey("30 customers, mixed, happier", 30, "middle", MIXED, 0.5, happier=True),
    Survey("1,000 customers, mixed, happier", 1000, "middle", MIXED, 0.5, happier=True),
)
UNCHANGED = (
    *(
        Company(f"{n} customers, {loss:.0%} leave in each month", n, loss, 0.1, 0.1, sigma=1, months=2)
        for n in (30, 100)
        for loss in (0.05, 0.3)
    ),
    Company("50 customers, nobody moves, sigma 1", 50, 0.02, sigma=1, months=2),
)
UNCHANGED_SURVEYS = tuple(
    Survey(f"30 customers, mixed, alike 0.8, {scores}, {both:.0%} in both", 30, scores, MIXED, 0.8, both=both)
    for scores in ("middle", "near an end", "split")
    for both in (0.0, 0.5, 1.0)
)
MORE = Company("50 customers, each +10 %", 50, 1e-9, 0, 1.0, "10 %", 1)
