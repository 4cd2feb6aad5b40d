"""Names of mail folders as IMAP writes them: modified UTF-7 (RFC 3501, 5.1.3; pure).

Invariant: what was encoded decodes to itself.
"""

import base64
import re

_ENCODED = re.compile(r"&([^-]*)-")


def encoded(name: str) -> str:
    """A folder's name in plain ASCII."""
    made, pending = [], ""
    for sign in name:
        if 0x20 <= ord(sign) <= 0x7E:
            made += [_shifted(pending), "&-" if sign == "&" else sign]
            pending = ""
        else:
            pending += sign
    return "".join((*made, _shifted(pending)))


def decoded(name: str) -> str:
    """The name that is written so; what is no such name as it is."""
    return _ENCODED.sub(lambda found: _plain(found[1]) if found[1] else "&", name)


def _shifted(text: str) -> str:
    if not text:
        return ""
    return f"&{base64.b64encode(text.encode('utf-16-be')).decode().rstrip('=').replace('/', ',')}-"


def _plain(text: str) -> str:
    padded = text.replace(",", "/") + "=" * (-len(text) % 4)
    try:
        return base64.b64decode(padded, validate=True).decode("utf-16-be")
    except ValueError:
        return f"&{text}-"
