"""The core types: Metric, Dataset, Total, Formula, Result, Period, Problem."""
