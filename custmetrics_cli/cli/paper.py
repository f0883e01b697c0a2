"""The choices of a report that is forwarded: title, key numbers, families, lists, events and language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from custmetrics_cli.cli.options.readers import day
from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.render.words import Words
from custmetrics_cli.report.lists import WantedList, affordable, default_lists, with_hashes, without_names
from custmetrics_cli.report.paper.build import build_paper
from custmetrics_cli.report.paper.request import PaperRequest

if TYPE_CHECKING:
    from custmetrics_cli.core.result import Listing, Report
    from custmetrics_cli.render.paper import Paper

NONE = "none"


def paper(report: Report, found: Sequence[Listing], options: Any) -> Paper:
    """Return the content of a report. options: those of the command report."""
    words = Words(options.lang or "en")
    shown = [_private(each, options) for each in found]
    request = PaperRequest(report, words, options.title, keys(options), families(options), events(options), shown, options.rows)
    if not options.lists:
        wanted = wanted_lists(options)
        request = request._replace(lists_skipped=len(affordable(wanted, report)) < len(wanted))
    return build_paper(request)


def check_paper(options: Any) -> list[WantedList]:
    """Check all choices before any file is read. Return the lists to compute. Raises CustmetricsError E139 and E141."""
    keys(options), families(options), events(options)
    return wanted_lists(options)


def _private(listing: Listing, options: Any) -> Listing:
    """Return a list as it may be forwarded."""
    if options.no_names:
        return without_names(listing)
    return with_hashes(listing) if options.hash_ids else listing


def keys(options: Any) -> list[str]:
    """Return the names of the key metrics. Raises CustmetricsError E139."""
    return [_known("key", name, METRICS) for name in options.key]


def families(options: Any) -> list[str]:
    """Return the names of the families. Raises CustmetricsError E139."""
    known = dict.fromkeys(metric.family for metric in METRICS.values())
    return [_known("families", name, known) for name in options.families]


def wanted_lists(options: Any) -> list[WantedList]:
    """Return the lists to show. Raises CustmetricsError E139."""
    if not options.lists:
        return default_lists()
    return [_wanted(text) for text in options.lists if text != NONE]


def _wanted(text: str) -> WantedList:
    name, _, total = text.strip().partition(".")
    metric = METRICS[_known("lists", name, METRICS)]
    return WantedList(metric, _known("lists", total, metric.totals), required=True)


def events(options: Any) -> dict[dt.date, str]:
    """Return the events by day. Raises CustmetricsError E139 and E141."""
    found: dict[dt.date, str] = {}
    for text in options.mark:
        start, equals, name = text.partition("=")
        when = day(start)
        if not equals or not name.strip() or when is None:
            raise _refused(f"--mark '{text}' is not a day with a name", "write it as 2022-05-01=price change")
        found[when] = f"{found[when]}; {name.strip()}" if when in found else name.strip()
    return dict(sorted(found.items()))


def _known(option: str, name: str, known: Iterable[str]) -> str:
    """Return the name as it is written in the program. Case does not count."""
    by_case = {each.casefold(): each for each in known}
    if name.strip().casefold() not in by_case:
        raise _refused(f"--{option} '{name}' is not known", near(name, by_case.values()))
    return by_case[name.strip().casefold()]


def _refused(problem: str, hint: str) -> CustmetricsError:
    return CustmetricsError(Problem("E139", problem, hint=hint))
