"""Commands that print what the program knows, without any data: the panel "Look up"."""
