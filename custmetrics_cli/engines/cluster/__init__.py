"""The parts of the Spark engine: its session, its errors, and the queries that Spark runs in its own way."""
