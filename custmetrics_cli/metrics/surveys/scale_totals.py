"""Totals of answers on a scale of a certain length, for definitions that only such a scale can have."""

from __future__ import annotations

from custmetrics_cli.core.data.total import Total
from custmetrics_cli.metrics.surveys.totals import CES, CSAT

csat_top_box = Total("top_box", "answers with the best score", CSAT, "top_box")
csat_top_two = Total("top_two", "answers with one of the two best scores", CSAT, "top_two_of_5")
csat_of_five = Total("of_five", "answers on a scale of five scores", CSAT, "of_5")
csat_from_six = Total("from_six", "answers of 6 and above", CSAT, "top_five_of_10")
csat_of_ten = Total("of_ten", "answers on a scale of ten scores", CSAT, "of_10")
ces_top_two = Total("top_two", "answers with one of the two easiest scores", CES, "top_two_of_5")
ces_of_five = Total("of_five", "answers on a scale of five scores", CES, "of_5")
ces_top_three = Total("top_three", "answers with one of the three easiest scores", CES, "top_three_of_7")
ces_top_two_of_seven = Total("easiest", "answers with one of the two easiest scores", CES, "top_two_of_7")
ces_low_three = Total("hard", "answers with one of the three hardest scores", CES, "low_three_of_7")
ces_of_seven = Total("of_seven", "answers on a scale of seven scores", CES, "of_7")
