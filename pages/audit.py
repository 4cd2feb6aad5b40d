"""Audit: where the business stands with its KPIs, what is missing next, and the same page months later."""

from pages._ui import frame
from pages._ui.audit import board, keeping
from pages._ui.session import View


def audit(view: View) -> None:
    """Where we are; kept and held beside later."""
    now = board.today(view)
    before = keeping.chosen(view, now)
    frame.headline(board.sentence(view, now, before))
    keeping.row(view, now)
    board.show(view, now, before)


frame.show(audit, needs_data=False)
