"""The content of a report that a person forwards: what is shown, in what order and in what words. Formats only write it."""
