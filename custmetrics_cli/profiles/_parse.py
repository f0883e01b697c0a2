"""Parse a profile from TOML. An unknown axis or value is an error: a profile that is half understood gives wrong numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NoReturn

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, near, one_of
from custmetrics_cli.profiles._profile import Profile
from custmetrics_cli.profiles.axes import AXES, METRICS, axes_of

CONFIDENCES = ("high", "medium", "low")
TEXTS = ("vendor", "source", "date", "confidence", "note")
KEYS = (*TEXTS, "covers", "axes")
HINT = "custmetrics profiles NAME shows a working one"
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-\d\d)?")
NAME = re.compile(r"[a-z0-9][a-z0-9._-]*", re.I)
METRIC = re.compile(r"[a-z][a-z-]*")


def parse_profile(name: str, values: Mapping[str, Any], path: str) -> Profile:
    """Return the profile of a file. Raises CustmetricsError E236 to E238."""
    return _Parser(path).profile(name, values)


class _Parser:
    """Reads the values of one file. Each method raises for a wrong one."""

    def __init__(self, path: str) -> None:
        self.place = Place(path)

    def fail(self, message: str, hint: str = HINT) -> NoReturn:
        raise CustmetricsError(Problem("E236", f"this profile cannot be used: {message}", self.place, hint))

    def profile(self, name: str, values: Mapping[str, Any]) -> Profile:
        texts = {key: self._text(key, values) for key in TEXTS}
        self._check_source(texts)
        covers = self._covers(values)
        own = {metric: self._axes(values[metric], metric) for metric in covers if metric in values}
        self._check_keys(values, covers)
        axes = self._axes(values.get("axes", {}), "")
        known = {each.name for metric in covers for each in axes_of(metric)}
        unused = [axis for axis in axes if axis not in known]
        if unused:
            self.fail(f"no metric that it covers has the axis '{unused[0]}'", near(unused[0], known))
        vendor, source, date, confidence, note = (texts[key] for key in TEXTS)
        return Profile(name, vendor or name, source, date, confidence, covers, axes, own, note, self.place.path)

    def _text(self, key: str, values: Mapping[str, Any]) -> str:
        value = values.get(key, "")
        if hasattr(value, "isoformat"):
            value = value.isoformat()
        if not isinstance(value, str):
            self.fail(f"{key} must be a text")
        return " ".join(value.split())

    def _check_source(self, texts: Mapping[str, str]) -> None:
        missing = [key for key in ("source", "date") if not texts[key]]
        if missing:
            message = f"this profile has no {' and no '.join(missing)}"
            hint = 'write the page and the month in which you read it: source = "https://…" and date = "2024-05"'
            raise CustmetricsError(Problem("E238", message, self.place, hint))
        if not MONTH.fullmatch(texts["date"]):
            self.fail(f"date is '{texts['date']}'", 'write a month, such as date = "2024-05"')
        if texts["confidence"] not in CONFIDENCES:
            self.fail(f"confidence is '{texts['confidence']}'", near(texts["confidence"], CONFIDENCES))

    def _covers(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        covers = values.get("covers", [])
        if not isinstance(covers, list) or not covers or not all(isinstance(each, str) for each in covers):
            self.fail("covers must list the metrics that it defines", 'such as covers = ["churn", "nrr"]')
        for metric in covers:
            if metric not in METRICS:
                self.fail(f"covers names '{metric}', which has no axes", near(metric, METRICS))
        return tuple(dict.fromkeys(covers))

    def _check_keys(self, values: Mapping[str, Any], covers: tuple[str, ...]) -> None:
        for key in values:
            if key in METRICS and key not in covers:
                self.fail(f"[{key}] is a metric that covers does not name", f'add "{key}" to covers')
            if key not in (*KEYS, *covers):
                in_axes = key in AXES
                hint = f"write it below [axes]: {key} = …" if in_axes else near(key, (*KEYS, *covers))
                self.fail(f"'{key}' is not a key of a profile", hint)

    def _axes(self, table: Any, metric: str) -> dict[str, str]:
        if not isinstance(table, dict):
            self.fail(f"[{metric or 'axes'}] is not a table")
        return {axis: self._value(axis, value, metric) for axis, value in table.items()}

    def _value(self, name: str, value: Any, metric: str) -> str:
        known = [axis.name for axis in (axes_of(metric) if metric else AXES.values())]
        if name not in known:
            where = f" of {metric}" if metric else ""
            self.fail(f"'{name}' is not an axis{where}", near(name, known))
        text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        axis = AXES[name]
        if axis.accepts(text) and (not metric or axis.applies(metric, text)):
            return text
        values = [each for each in axis.values if not metric or axis.applies(metric, each)]
        message = f"{name} is '{value}', which is not a value of this axis" + (f" for {metric}" if metric else "")
        hint = one_of(values) + ("; or another number of days" if axis.pattern else "")
        raise CustmetricsError(Problem("E237", message, self.place, hint))
