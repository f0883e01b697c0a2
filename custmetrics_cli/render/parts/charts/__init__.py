"""Charts of results. Every number in a chart is a number of a result; nothing is computed here."""
