"""A metric under many definitions over one load: values, steps and matches."""
