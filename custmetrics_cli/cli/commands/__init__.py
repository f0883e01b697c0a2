"""One file per command: each takes the parsed options and returns the exit status."""
