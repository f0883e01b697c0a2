"""The building blocks of a document: answer, totals, grid, formulas, options."""
