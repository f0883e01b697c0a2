"""Declaring options: a class of options has an attribute for each, and an instance holds their values.

class PeriodOptions(LoadOptions):
    gap: int = option("Allowed gap", "DAYS", number(), default="0", panel=SPLIT)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from typing import Any, ClassVar, NamedTuple, Self

from custmetrics_cli.cli.options.found_file import SettingsFile
from custmetrics_cli.cli.options.readers import switch as read_switch
from custmetrics_cli.core.options import OptionSpec


class ArgumentSpec(NamedTuple):
    """A word of the command line that is not an option."""

    metavar: str
    help: str
    repeats: bool = False
    required: bool = False


class Options:
    """The options of a command. Attributes of the class declare them, attributes of an instance hold their values."""

    arguments: ClassVar[Mapping[str, ArgumentSpec]] = {}  # by attribute
    specs: ClassVar[Mapping[str, OptionSpec]] = {}  # by attribute
    settings_file: SettingsFile | None = None  # the one that was read, with the values that it set
    flags: frozenset[str] = frozenset()  # names of the options that were passed as flags
    metric_texts: Mapping[str, str] = {}  # texts of options of metrics, by symbol

    def __init_subclass__(cls, more: Iterable[OptionSpec] = (), without: Iterable[str] = ()) -> None:
        """Collect the declarations. more: options whose attribute is their symbol. without: inherited attributes that are not options."""
        own = {attribute: _named(spec, attribute) for attribute, spec in vars(cls).items() if isinstance(spec, OptionSpec)}
        inherited = {attribute: spec for attribute, spec in cls.specs.items() if attribute not in without}
        cls.specs = {**inherited, **own, **{spec.symbol: spec for spec in more}}
        cls.arguments = {**cls.arguments, **{name: each for name, each in vars(cls).items() if isinstance(each, ArgumentSpec)}}

    def __init__(self, **values: Any) -> None:
        vars(self).update(values)

    def replaced(self, **values: Any) -> Self:
        """Return a copy with other values."""
        new = copy(self)
        vars(new).update(values)
        return new


def _named(spec: OptionSpec, attribute: str) -> OptionSpec:
    return spec if spec.name else spec._replace(name=attribute.replace("_", "-"))


def option(
    help: str, metavar: str, read: Callable[[str], Any] = str, default: str = "", *, name: str = "", common: bool = False, **more: Any
) -> Any:
    """Declare an option with a value. Without a name it is named after its attribute."""
    return OptionSpec(name, help, metavar, read, default, common=common, **more)


def switch(help: str, *, panel: str, common: bool = False, short: str = "") -> Any:
    """Declare an option that is on or off."""
    return OptionSpec("", help, read=read_switch, panel=panel, common=common, short=short)


def rare(kind: type[Options], attribute: str) -> Any:
    """Declare an option of another class again, as one that only --help-all shows."""
    return kind.specs[attribute]._replace(common=False)


def argument(metavar: str, help: str, *, repeats: bool = False, required: bool = False) -> Any:
    """Declare a word that is not an option."""
    return ArgumentSpec(metavar, help, repeats, required)
