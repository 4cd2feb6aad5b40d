"""A parcel as a mail: plain text and HTML of the same, pictures the HTML shows, files.

Invariant: made of headers that hold one line each, whatever a name or subject contains; names in any letters are
written as RFC 2231 and RFC 2047 have it, and the whole is seven bits wide, so every server takes it.
"""

from collections.abc import Mapping
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from typing import Any

from kpi.delivery.parcel import Attachment, Parcel


class _Whole(EmailPolicy):
    """Folds what is read by `email.header`: until Python 3.13 the newer way loses spaces where a line is folded."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """One header, as it goes over the wire."""
        if name.lower() == "subject":
            return self._folded(name, str(value), "")
        if name.lower() == "from" and not str(value).isascii():
            (sender,) = value.addresses
            return self._folded(name, sender.display_name, f"{self.linesep} <{sender.addr_spec}>")
        return super().fold_binary(name, value)

    def _folded(self, name: str, text: str, after: str) -> bytes:
        folded = Header(text, "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {folded}{after}{self.linesep}".encode("ascii")


_POLICY = _Whole(linesep=SMTP.linesep, cte_type="7bit")


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
