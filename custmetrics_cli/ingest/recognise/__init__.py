"""Recognise the table, the preset and the layout of a file from its header and its first cells."""
