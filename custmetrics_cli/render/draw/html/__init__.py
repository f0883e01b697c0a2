"""A paper as one HTML file: no script, no request, one style with its hash."""
