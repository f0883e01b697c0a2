"""Standard input, output and error: streams, output, progress and messages."""
