"""The kinds of channels: a mail server, a Telegram bot, a folder, a web address.

Invariant: each keeps the promise of `kpi.delivery.channel`; none of them reads the workspace, or writes an address or
a secret into a log or an error.
"""
