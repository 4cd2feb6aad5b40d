"""A parcel as a mail: plain text and HTML of the same, pictures the HTML shows, files.

Invariant: made of headers that hold one line each, whatever a name or subject contains; names in any letters are
written as RFC 2231 and RFC 2047 have it, and the whole is seven bits wide, so every server takes it.
"""

from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from kpi.delivery.parcel import Attachment, Parcel

_POLICY = SMTP.clone(cte_type="7bit")


def written(parcel: Parcel, sender: Address, to: str, now: datetime) -> bytes:
    """The mail as it goes over the wire, lines ended by CRLF."""
    mail = EmailMessage(_POLICY)
    mail["From"] = sender
    mail["To"] = Address(addr_spec=to)
    mail["Subject"] = _one_line(parcel.subject)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{parcel.key}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence note answers it
    mail.set_content(parcel.text)
    if parcel.html:
        _add_html(mail, parcel.html, parcel.pictures)
    for file in parcel.files:
        _add_file(mail, file)
    return mail.as_bytes()


def _add_html(mail: EmailMessage, html: str, pictures: Mapping[str, bytes]) -> None:
    mail.add_alternative(html, subtype="html")
    part = mail.get_payload(1)
    assert isinstance(part, EmailMessage)
    for number, (name, content) in enumerate(pictures.items(), 1):
        part.add_related(
            content, "image", "png", cid=f"<{name}>", filename=f"picture-{number}.png", disposition="inline"
        )


def _add_file(mail: EmailMessage, file: Attachment) -> None:
    kind, _, subkind = file.media_type.partition(";")[0].partition("/")
    mail.add_attachment(file.content, kind, subkind or "octet-stream", filename=_one_line(file.name))


def _one_line(text: str) -> str:
    """Without line ends and other signs that would end a header."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
