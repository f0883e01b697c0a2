"""From a question and loaded tables to an answer. Metrics are values here: none is known by name."""
