"""The building blocks of pages: results, totals, formulas, exhibits, options, targets and the footer."""
