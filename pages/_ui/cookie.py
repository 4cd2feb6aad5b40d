"""The cookie that holds the token of a link.

Invariant: HttpOnly, so no script reads it; what it opens is resolved anew at every rerun (session.scope).
"""

NAME = "kpi_link"
LASTS = 400 * 24 * 3600
"""Seconds a browser keeps it: as long as browsers allow."""
