"""A paper as a workbook: a sheet for each part, numbers as numbers, and native charts. No text becomes a formula."""
