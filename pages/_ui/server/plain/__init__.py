"""Pages beside the dashboard that need nothing of it: one answer of HTML each, without a script.

Invariant: they work in any browser, and show nobody's figures, but what a message of alerts told whoever got it.
"""

ADDRESSES = ("/s", "/enter", "/welcome", "/p", "/l", "/gone", "/account", "/businesses", "/alert")
"""Their addresses, and what those of further ones begin with before a slash."""


def is_plain(path: str) -> bool:
    """Whether an address is one of a plain page."""
    return any(path == address or path.startswith(f"{address}/") for address in ADDRESSES)
