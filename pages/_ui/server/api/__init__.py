"""The read-only API over HTTP: who asks, how often, and in which form answers and refusals go back.

Invariant: nobody is known here by a cookie; a token comes in the header `Authorization` and never in an address, but
that of a card, which grants its card and nothing else.
"""
