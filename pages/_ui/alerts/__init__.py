"""Alerts on the screen.

Invariant: whoever looks sees what was found with their own rights, and nothing else.
"""
