"""Documents over many metrics: the report, the diff of two exports, what-if models and published benchmarks."""
