"""Tables that `convert` stored as Parquet: how their columns become those of frames."""
