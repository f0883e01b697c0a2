"""An option is a field of a dataclass; the signature that Typer reads is made from the fields, so each is declared once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, Field, field, fields
from functools import cache
from typing import Annotated, Any, NamedTuple, get_type_hints

import typer

OWN, INPUT, PERIOD, SPLIT, OUTPUT, ENGINE = PANELS = ("The metric's own", "Input", "Period", "Split and compare", "Output", "Engine")
Command = Callable[..., int]
Parameters = tuple[inspect.Parameter, ...]


class OptionSpec(NamedTuple):
    """How an option shows itself. absent: what leaving it out means, where the default itself does not say so."""

    panel: str
    help: str
    metavar: str
    choices: tuple[str, ...] = ()
    only: bool = True  # False: other values than the known ones are read elsewhere
    when_absent: str = ""
    name: str = ""
    short: str = ""

    def typed(self, name: str) -> Any:
        """The same in Typer's words."""
        return typer.Option(
            *[word for word in (f"--{name}", self.short) if word],
            rich_help_panel=self.panel,
            help=(f"{self.help}: {', '.join(self.choices)}" if self.choices else self.help).replace("[", r"\["),
            show_default=self.when_absent or True,
            metavar=self.metavar or None,
            autocompletion=(lambda: list(self.choices)) if self.choices else None,
        )


def text(panel: str, help: str, metavar: str, *, default: str = "", **more: Any) -> Any:
    """An option that takes one value."""
    return field(default=default, metadata={"option": OptionSpec(panel, help, metavar, **more)})


def whole(panel: str, help: str, metavar: str, *, default: int = 0, **more: Any) -> Any:
    """An option that takes a whole number."""
    return field(default=default, metadata={"option": OptionSpec(panel, help, metavar, **more)})


def many(panel: str, help: str, metavar: str, **more: Any) -> dict[str, OptionSpec]:
    """What a field that is a list carries as an option that may be repeated."""
    return {"option": OptionSpec(panel, f"{help}; repeatable", metavar, **more)}


def switch(panel: str, help: str, **more: Any) -> Any:
    """An option that is on or off."""
    return field(default=False, metadata={"option": OptionSpec(panel, help, "", when_absent="off", **more)})


def name_of(declared: Field[Any]) -> str:
    """The option's name without its dashes, as in a settings file."""
    option = declared.metadata["option"]
    return option.name or declared.name.replace("_", "-")


def options(asked: type[Any]) -> dict[str, Field[Any]]:
    """Option name -> field, panel by panel."""
    declared = [each for each in fields(asked) if "option" in each.metadata]
    return {name_of(each): each for each in sorted(declared, key=lambda each: PANELS.index(each.metadata["option"].panel))}


@cache
def parameters(asked: type[Any]) -> Parameters:
    """The arguments, those that may be many last, then the options panel by panel."""
    hints = get_type_hints(asked, include_extras=True)
    bare = [each for each in fields(asked) if "option" not in each.metadata]
    arguments = [_parameter(each, hints[each.name]) for each in sorted(bare, key=lambda each: each.default_factory is not MISSING)]
    typed = [
        _parameter(each, Annotated[_said(hints[each.name]), each.metadata["option"].typed(name)]) for name, each in options(asked).items()
    ]
    return (*arguments, *typed)


def _said(kind: Any) -> Any:
    """Whole numbers come as text, so that a flag, a variable and a settings file are read, and refused, alike."""
    return str if kind is int else kind


def _parameter(declared: Field[Any], hint: Any) -> inspect.Parameter:
    empty = inspect.Parameter.empty if declared.default_factory is MISSING else None
    default = empty if declared.default is MISSING else declared.default
    if type(default) is int:
        default = str(default)
    return inspect.Parameter(declared.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint)


def takes(declared: Parameters, function: Command) -> Command:
    """Let a function(ctx, **values) take these arguments and options."""
    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    taken = (context, *declared)
    vars(function)["__signature__"] = inspect.Signature(taken)
    function.__annotations__ = {each.name: each.annotation for each in taken}
    return function
