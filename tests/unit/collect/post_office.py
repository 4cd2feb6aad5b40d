"""Dovecot, a real IMAP server, with a configuration of its own, on this computer only."""

import contextlib
import grp
import imaplib
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from tests.machine import found_mail_server
from tests.unit.delivery.servers.certificate import certificate

USER, PASSWORD = "reports@example.ru", "пароль-canary"
_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
mail_location = maildir:{folder}/mail/%u
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = 0
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
auth_mechanisms = plain login
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
"""


@dataclass(frozen=True)
class PostOffice:
    """The server."""

    tls: int
    """Port with TLS from the first byte."""
    plain: int
    """Port where TLS comes after STARTTLS."""
    trust: Path
    """The certificate to trust."""
    mail: Path
    """Where its mailboxes lie."""

    @contextmanager
    def inside(self) -> Iterator[imaplib.IMAP4_SSL]:
        """The mailbox as its owner sees it."""
        context = ssl.create_default_context(cafile=str(self.trust))
        with imaplib.IMAP4_SSL("localhost", self.tls, ssl_context=context, timeout=20) as box:
            box.authenticate("PLAIN", lambda _challenge: f"\0{USER}\0{PASSWORD}".encode())
            box.select("INBOX")
            yield box

    def deliver(self, message: EmailMessage | bytes, folder: str = "INBOX") -> None:
        """A message arrives."""
        raw = message if isinstance(message, bytes) else message.as_bytes()
        with self.inside() as box:
            if folder != "INBOX":
                box.create(folder)
            box.append(folder, "", imaplib.Time2Internaldate(time.time()), raw)

    def empty(self) -> None:
        """As if no message had ever come; numbers begin anew under another validity."""
        shutil.rmtree(self.mail / USER, ignore_errors=True)


@contextmanager
def open_office() -> Iterator[PostOffice]:
    """The server, started and stopped. It refuses to be root: then it is nobody, in a folder that nobody owns."""
    who = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    with tempfile.TemporaryDirectory(prefix="post-office-", ignore_cleanup_errors=True) as name:
        folder, tls, plain = Path(name), _free_port(), _free_port()
        made, key = certificate(folder)
        (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
        config = folder / "dovecot.conf"
        config.write_text(
            _CONFIG.format(
                folder=folder, certificate=made, key=key, plain=plain, tls=tls, uid=who.pw_uid, gid=who.pw_gid,
                user=who.pw_name, group=grp.getgrgid(who.pw_gid).gr_name,
            )
        )  # fmt: skip
        own: dict[str, Any] = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
        for path in (folder, *folder.iterdir()) if own else ():
            os.chown(path, who.pw_uid, who.pw_gid)
        process = subprocess.Popen(
            [found_mail_server() or "dovecot", "-F", "-c", str(config)], stderr=subprocess.DEVNULL, **own
        )
        try:
            _wait_for(tls, process, folder / "log")
            yield PostOffice(tls, plain, made, folder / "mail")
        finally:
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    told = log.read_text(errors="replace") if log.exists() else ""
    raise RuntimeError(f"Dovecot did not start: {told[-2000:]}")
