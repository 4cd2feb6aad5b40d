"""The letter as a file that mail programs open, charts inside it.

Invariant: it holds the same parts as what is sent: plain words, the letter, its pictures.
"""

from email.message import EmailMessage
from email.policy import SMTP

from kpi.language import Language
from kpi.report.forms.mail import MailBody, mail
from kpi.report.model import Report


def write(report: Report, words: Language) -> bytes:
    """The file's bytes."""
    return bytes(message(mail(report, words)))


def message(body: MailBody) -> EmailMessage:
    """A message without sender, recipient and date: text, or the letter with its pictures."""
    made = EmailMessage(policy=SMTP)
    made["Subject"] = body.subject
    made.set_content(body.text, charset="utf-8")
    made.add_alternative(body.html, subtype="html", charset="utf-8")
    _, letter = made.iter_parts()
    assert isinstance(letter, EmailMessage)
    for picture in body.pictures:
        main, _, sub = picture.media.partition("/")
        letter.add_related(
            picture.content, main, sub, cid=f"<{picture.cid}>", filename=picture.name, disposition="inline"
        )
    return made
