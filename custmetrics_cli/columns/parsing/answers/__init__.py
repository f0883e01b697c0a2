"""Answers of surveys in words."""
