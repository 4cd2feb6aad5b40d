"""The command line: one module a command, all on the same engine as the screens.

Invariant: a command never asks; it does what was said, or says what is missing and exits 1.
"""
