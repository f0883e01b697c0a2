"""The types that a table is declared with, and the columns that several tables share."""
