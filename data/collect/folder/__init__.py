"""A folder of the server that is watched.

Invariant: only whole files are taken: one that grows, or that a program still writes under a passing name, waits for
the next look. Nothing outside the folder is read, whatever links lie in it, and nothing in it is changed unless wanted.
"""

from data.collect.folder.allowed import may_be_watched
from data.collect.folder.fetching import AWAY, LEFT, MOVED, fetch
from data.collect.model import Kind, Setting
from data.message import say

KIND = Kind(
    name="folder",
    title=say("Folder on the server"),
    about=say("Takes every new or changed file of a folder: exports that a program saves, or files you synchronise."),
    settings=(
        Setting(
            "folder", say("Folder"),
            say("Its full path on the computer the dashboard runs on. Folders inside it are looked through as well."),
            "folder", example="/srv/kpi/incoming", check=may_be_watched,
        ),
        Setting(
            "names", say("Only files named"),
            say("Patterns apart by spaces; empty: every table. Files whose writing has not ended are left for later."),
            is_required=False, example="*.csv заказы*.xlsx",
        ),
        Setting(
            "accounts", say("Folders inside are accounts"),
            say("Rows that name no account get the name of the folder their file lies in."), "yes", False,
        ),
        Setting(
            AWAY, say("Afterwards"), say("Files stay by default: what was taken is remembered."), "choice", LEFT,
            choices={LEFT: say("leave the file where it is"), MOVED: say("move it into the folder «taken»")},
        ),
    ),
    fetch=fetch,
    rhythm="15m",
)  # fmt: skip
