"""The command `inspect`: how files are read."""
