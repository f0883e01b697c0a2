"""The words for billing intervals: of ten languages, under known and unknown headers, half of them unknown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice

from tests.pollution.semantic.case import Case, case, cells_of
from tests.pollution.semantic.clean import KEPT, MRR, SUBSCRIPTIONS

MEANINGS = {"month": "1 month", "year": "1 year", "quarter": "3 months"}
MANY = 32
HEADERS = ("interval", "Billing Cycle", "Периодичность", "Plan", "Col 7", "Rate code")


def cases() -> Iterator[Case]:
    words = {name: cells_of("interval", meaning) for name, meaning in MEANINGS.items()}
    for number in range(MANY):
        translated = {name: own[number % len(own)] for name, own in words.items()}
        header = HEADERS[number % len(HEADERS)]
        question = (MRR, KEPT)[number % 2]
        sheet = SUBSCRIPTIONS.renamed(interval=header, plan="tier").mapped("interval", translated)
        yield case(f"{header}: {', '.join(translated.values())}", question, sheet, doubts=(header, "W270"))
    yield from _partly_unknown()
    yield from _in_names()


def _partly_unknown() -> Iterator[Case]:
    """Half the words are of no list, or some cells are empty."""
    for header in HEADERS:
        for words in ({"month": "zu Fuß", "quarter": "season"}, {"month": "std", "year": "std+"}, {"month": ""}, {"month": "-"}):
            sheet = SUBSCRIPTIONS.renamed(interval=header, plan="tier").mapped("interval", words)
            yield case(f"{header}: {', '.join(words.values())}", MRR, sheet, doubts=(header, "W270", "interval"))


def _in_names() -> Iterator[Case]:
    """No column holds the interval: names of plans contain it."""
    for pattern in ("Pro {}", "pro-USD-{}", "Pro ({})", "{} Pro", "PRO_{}"):
        for words in (("monthly", "yearly", "quarterly"), ("месяц", "год", "квартал"), ("Monthly", "Annual", "Quarterly")):
            texts = dict(zip(MEANINGS, (pattern.format(word) for word in words), strict=True))
            plans = [texts[interval] for interval in SUBSCRIPTIONS.cells("interval")]
            for header in ("plan", "Product", "Col 7"):
                sheet = SUBSCRIPTIONS.without("interval").filled("plan", plans).renamed(plan=header)
                yield case(f"{header}: {', '.join(texts.values())}", MRR, sheet, doubts=(f"'{header}'", "W271"))
    some = list(islice(cycle(["Pro", "Basic"]), len(SUBSCRIPTIONS.cells("plan"))))
    some[2], some[3], some[4], some[7] = "Pro yearly", "Basic quarterly", "Basic yearly", "Basic yearly"
    yield case("plan: some names contain it", MRR, SUBSCRIPTIONS.without("interval").filled("plan", some), doubts=("'plan'", "W271"))
