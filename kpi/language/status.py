"""Status in words and marks, so that colour is never alone."""

from collections.abc import Mapping

from data.message import Message, say

WORDS: Mapping[str, Message] = {
    "good": say("On target"),
    "acceptable": say("Acceptable"),
    "missed": say("Target missed"),
    "too_few": say("Too little data"),
    "partial": say("Still running"),
    "no_target": say("No target"),
}
"""Status → word."""

MARKS: Mapping[str, str] = {
    "good": "●",
    "acceptable": "◐",
    "missed": "▲",
    "too_few": "○",
    "partial": "○",
    "no_target": "○",
}
"""Status → mark; the four shapes differ without colour."""
