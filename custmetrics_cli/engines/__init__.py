"""The engines that hold tables and run queries: one file per engine."""
