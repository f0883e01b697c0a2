"""A paper as PDF: a fixed template, and the content as data, so that no text is markup."""
