"""A mailbox to which services send their reports: tables and archives attached to messages.

Invariant: nothing is ever deleted or moved, and a message is marked as read only where that is wanted. A message is
looked at once: the state is the number (UID) of the last one, valid for one state of the mailbox (UIDVALIDITY).
"""

from data.collect.mail.fetching import fetch, prove
from data.collect.model import Kind, Setting
from data.message import say

KIND = Kind(
    name="mail",
    title=say("Mailbox (IMAP)"),
    about=say("Takes tables out of messages: reports that a service, a till or a colleague sends by e-mail."),
    settings=(
        Setting(
            "host", say("Mail server"),
            say("The server for incoming mail (IMAP): imap.yandex.ru, imap.mail.ru, imap.gmail.com or your own."),
            example="imap.yandex.ru", most=253,
        ),
        Setting("user", say("Address of the mailbox"), say("What you sign in to your mail with."),
                example="reports@example.ru", most=320),
        Setting("password", say("Password"),
                say("Mail services want a password made for programs, not the one you sign in with."), "secret"),
        Setting("sender", say("Only from"),
                say("A part of the sender's address or name. Filled in, nobody else can send data in."),
                is_required=False, example="noreply@avito.ru"),
        Setting("subject", say("Only with the subject"), say("A part of it."), is_required=False,
                example="Отчёт за неделю"),
        Setting("names", say("Only files named"), say("Patterns apart by spaces; empty: every table and ZIP archive."),
                is_required=False, example="*.xlsx"),
        Setting("folder", say("Mail folder"), say("As it is called in the mailbox."), default="INBOX"),
        Setting("days", say("Days to look back at first"), say("Older messages are left alone."), "number", 30,
                least=1, most=3650),
        Setting("seen", say("Mark as read"), say("Messages whose tables were taken are marked as read."), "yes", False),
        Setting("port", say("Port"), say("993 with TLS from the first byte, 143 where TLS comes after STARTTLS."),
                "number", 993, least=1, most=65535),
    ),
    fetch=fetch,
    prove=prove,
    rhythm="30m",
    guide=say(
        "Yandex: Mail → settings → «Mail programs»: allow IMAP with passwords for programs, and make one under"
        " id.yandex.ru → Security. Mail.ru: settings → Security → «Passwords for external apps». Gmail: turn on"
        " two-step verification, then make an app password. Best is a mailbox of its own that reports are forwarded to."
    ),
)  # fmt: skip
