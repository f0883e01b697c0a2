"""The parts of the table of surveys: scales, questions, and what a file shows about its answers."""
