"""The screen of who may see what: links, accounts, the log.

Invariant: a token or one-time link is shown once, to who had it made.
"""
