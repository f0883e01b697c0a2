"""A paper as a Word document: titles are titles, tables are tables, and charts are pictures with a text."""
