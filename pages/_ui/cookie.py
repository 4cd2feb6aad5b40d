"""The cookies: the tokens of sessions, the business that was chosen where nobody has to sign in, and where to go on.

Invariant: HttpOnly, so no script reads them; what a session opens is resolved anew at every rerun (session.visitor).
"""

SESSION = "kpi_session"
BEFORE = "kpi_before"
"""The session somebody had before they opened a link."""
BUSINESS = "kpi_business"
AFTER = "kpi_after"
"""The page somebody asked for before they went to sign in elsewhere."""
LASTS = 60 * 24 * 3600
"""Seconds a browser keeps them: as long as a session can last."""
