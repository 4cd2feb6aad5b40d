"""Links of Google Sheets, and the addresses under which Google gives them as files (pure).

Invariant: any link that a person copies from the browser leads to the file of what they see: the sheet the link points
at, as CSV, or the whole workbook, as XLSX.
"""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

HOST = "docs.google.com"
SIGN_IN = "accounts.google.com"
_SHEET = re.compile(r"(/a/[^/]+)?/spreadsheets/(u/\d+/)?d/(?P<id>[\w-]+)(/.*)?")
_PUBLISHED = re.compile(r"(/a/[^/]+)?/spreadsheets/(u/\d+/)?d/e/(?P<id>[\w-]+)(/.*)?")


def file_address(address: str) -> str:
    """The address of the file; an address that is no Google Sheet's as it is."""
    parts = urlsplit(address)
    if (parts.hostname or "").lower() != HOST:
        return address
    asked = {**parse_qs(parts.query), **parse_qs(parts.fragment)}
    gid = next(iter(asked.get("gid", [])), None)
    if found := _PUBLISHED.fullmatch(parts.path):
        wanted = {"output": "csv", "gid": gid, "single": "true"} if gid else {"output": _output(asked)}
        return f"https://{HOST}/spreadsheets/d/e/{found['id']}/pub?{urlencode(wanted)}"
    if found := _SHEET.fullmatch(parts.path):
        wanted = {"format": "csv", "gid": gid} if gid else {"format": "xlsx"}
        return f"https://{HOST}/spreadsheets/d/{found['id']}/export?{urlencode(wanted)}"
    return address


def _output(asked: dict[str, list[str]]) -> str:
    """What a published address asks for, where it does."""
    told = next(iter(asked.get("output", [])), "xlsx")
    return told if told in ("csv", "xlsx", "tsv", "ods") else "xlsx"
