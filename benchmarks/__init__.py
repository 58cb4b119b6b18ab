"""Figures measured on the project: quality against labelled sets, speed against a plain script."""
