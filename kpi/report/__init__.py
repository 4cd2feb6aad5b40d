"""Figures as files that people print, send and check."""
