"""A file under a web address, or a published Google Sheet.

Invariant: only what changed is loaded; a page that asks to sign in is told as what it is, never read as a table.
"""

from data.collect.model import Kind, Setting, Value
from data.collect.net.addresses import checked
from data.collect.web.fetching import fetch
from data.message import say


def _is_address(value: Value) -> None:
    checked(str(value))


KIND = Kind(
    name="web",
    title=say("Google Sheet or web address"),
    about=say("Fetches a CSV or Excel file from an address, or a Google Sheet that everybody with the link can see."),
    settings=(
        Setting(
            "address", say("Address"),
            say("The link of the sheet as you share it, or the address under which a file is downloaded."),
            "address", example="https://docs.google.com/spreadsheets/d/…/edit#gid=0", check=_is_address, most=2000,
        ),
        Setting(
            "user", say("Name to sign in with"),
            say("Only where the address asks for a name and password; not for Google Sheets."), is_required=False,
        ),
        Setting(
            "password", say("Password or token"),
            say("Sent only to the server of the address. Without a name it is sent as a token (Bearer)."), "secret",
            is_required=False,
        ),
    ),
    fetch=fetch,
    rhythm="1h",
    is_snapshot=True,
    guide=say(
        "In the Google Sheet: «Share» → «General access» → «Anyone with the link», role «Viewer»; then copy the link. A"
        " link to one sheet of it (with gid=…) brings that sheet, any other link the whole workbook."
    ),
)  # fmt: skip
