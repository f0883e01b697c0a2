"""The methods of confidence intervals in words: the name in data, the method with its source, and what it assumes."""

from __future__ import annotations

METHODS = {
    "wilson": (
        "Wilson's interval of a proportion (1927), wider for few events (Brown, Cai and DasGupta 2001)",
        "customers leave independently of each other",
    ),
    "effective n": (
        "Wilson's interval with an effective number of customers (Korn and Graubard 1998); two further customers widen it",
        "the unit is the customer, with all its money or answers; below 3 customers there is none",
    ),
    "plus one customer": (
        "Student's interval of a ratio of sums, widened as if there were one more average customer",
        "it treats customers as independent; it needs 5 customers; it can miss a rare huge upgrade",
    ),
    "log t": (
        "Student's interval of a mean on the log scale; the upper limit counts the largest customer twice more (after Fay and Feuer 1997)",
        "the sample holds customers of every size; below 30 customers there is none; a rare customer of 200 times the price can be missing",
    ),
    "greenwood log-log": (
        "Greenwood's variance of the survival curve on the log-log scale; for the median, the ages where its limits pass one half",
        "customers leave independently of each other; those who are censored would go on like the others",
    ),
    "delta": (
        "the delta method on the log scale, from the curvature of the likelihood",
        "the model is right; only the doubt about its parameters counts, not the luck of single customers",
    ),
    "past errors": (
        "80 %: quantiles of the errors of the same method in past months, wider with the distance",
        "the next months differ from the past no more than past months did; with few months the ends are rough",
    ),
    "square and add": (
        "limits of the parts, combined by square and add (Zou and Donner 2008)",
        "spend is exact; if a part has no interval, there is none",
    ),
}
