"""Access: links to a part of the figures, people with an account, tokens for programs, and what was done."""

from pages._ui import frame
from pages._ui.access import links, log, people, tabs, tokens
from pages._ui.session import View


def access(view: View) -> None:
    """One of its four parts."""
    part = tabs.chosen()
    frame.headline(tabs.sentence(view))
    tabs.show(view, part)
    {"links": links.show, "people": people.show, "programs": tokens.show, "log": log.show}[part](view)


frame.show(access, needs_data=False)
