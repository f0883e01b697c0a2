"""Statistics: confidence intervals in closed form. Pure functions over small exact sums."""
