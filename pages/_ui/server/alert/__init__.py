"""The page behind the link of a message of alerts: what it told, and one button.

Invariant: whoever has a token sees what the message said, in its words, and can say that they know; nothing else.
"""
