"""Standard input, output and error: streams, progress and messages."""
