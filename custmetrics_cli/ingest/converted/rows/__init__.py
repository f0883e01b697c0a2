"""The rows of one source file on their way to its part: placed, numbered, sorted, typed."""
