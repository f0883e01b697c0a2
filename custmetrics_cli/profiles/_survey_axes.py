"""Axes of surveys."""

from __future__ import annotations

from custmetrics_cli.profiles._axis import Axis, Meaning

SURVEY_AXES = (
    Axis(
        "csat-rule",
        "Which answers are positive?",
        ("csat",),
        {
            "usual": Meaning("6 and above on 1-10, 4 and above on 1-5"),
            "top-2-of-5": Meaning("the two best of five scores"),
            "top-box": Meaning("the best score only"),
            "mean": Meaning("the average score"),
            "6-of-10": Meaning("6 and above on 1-10"),
        },
    ),
    Axis(
        "ces-rule",
        "How is effort scored?",
        ("ces",),
        {
            "mean": Meaning("the average score"),
            "top-2-of-5": Meaning("share of the two best of five scores"),
            "5-of-7": Meaning("share of 5 and above on 1-7"),
            "index": Meaning("share of 6 and 7 less share of 1 to 3, on 1-7"),
        },
    ),
    Axis(
        "nps-rounding",
        "When is the score rounded?",
        ("nps",),
        {"exact": Meaning("only the result"), "whole-shares": Meaning("each share to a whole percentage first")},
    ),
)
