"""From a question and loaded tables to an answer. Metrics are given, never named."""
