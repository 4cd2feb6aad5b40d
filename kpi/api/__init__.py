"""The read-only API below HTTP: what can be asked, how it is asked, and the answers; the figures are those of `value`.

Invariant: everything is asked through the Reader of a token's scope, and named only if that scope shows it: what is
hidden and what does not exist are told alike.
"""
