"""Queries that run on every engine, and faster on some."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

import narwhals.stable.v2 as nw

Frame = nw.LazyFrame[Any]
Rest = ParamSpec("Rest")
Result = TypeVar("Result")


class per_engine(Generic[Rest, Result]):
    """A function of a frame, written in portable Narwhals; `on` registers a faster one for the frames of one library.

    >>> @per_engine
    ... def way(frame: Frame) -> str:
    ...     return "portable"
    >>> @way.on("pandas")
    ... def _in_pandas(frame: Frame) -> str:
    ...     return "pandas"
    >>> import pandas as pd
    >>> frame = nw.from_native(pd.DataFrame()).lazy()
    >>> way(frame), way.portable(frame)
    ('pandas', 'portable')
    """

    def __init__(self, portable: Callable[Concatenate[Frame, Rest], Result]) -> None:
        self.portable = portable
        self._faster: dict[str, Callable[Concatenate[Frame, Rest], Result]] = {}
        update_wrapper(self, portable)

    def on(self, *libraries: str) -> Callable[[Callable[Concatenate[Frame, Rest], Result]], Callable[Concatenate[Frame, Rest], Result]]:
        """Register the decorated function for frames of these libraries, named as Narwhals names them."""

        def register(function: Callable[Concatenate[Frame, Rest], Result]) -> Callable[Concatenate[Frame, Rest], Result]:
            self._faster |= dict.fromkeys(libraries, function)
            return function

        return register

    def __call__(self, frame: Frame, *args: Rest.args, **kwargs: Rest.kwargs) -> Result:
        function = self._faster.get(frame.implementation.value, self.portable)
        return function(frame, *args, **kwargs)
