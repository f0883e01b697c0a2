"""Options: declared once, read from flags, variables and the settings file, and resolved to values."""
