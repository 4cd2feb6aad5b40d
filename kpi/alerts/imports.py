"""Imports of the last days that lost unusually many rows.

Invariant: duplicates and superseded rows are no loss; an import is held against earlier ones of the same source, and
told only where it lost many more than they did. One that was taken back is told no more. Told only to whom no row is
kept from.
"""

import math
from collections.abc import Iterator, Sequence
from datetime import timedelta
from statistics import median

from data.model import Finding
from data.store.ledger import LedgerEntry
from kpi.alerts.inquiry import Inquiry
from kpi.alerts.model import Alert, Key, Said
from kpi.alerts.said import in_every, sentences, short, title
from kpi.language import Language

RECENT = 14
"""Days, today included, whose imports are looked at."""
LEAST_ROWS = 10
"""Rows an import must have lost."""
LEAST_SHARE = 0.05
"""Share of its rows it must have lost."""
TIMES = 3.0
"""How many times the usual share of its source it must have lost."""
BEFORE = 12
"""Earlier imports of a source that say what is usual."""
NAME = 60
"""Characters of a file's name that are shown."""


def imports(asked: Inquiry) -> Iterator[Alert]:
    """Every such import, the latest first."""
    if not asked.sees_all:
        return
    standing = [entry for entry in asked.store.imports() if not entry.undone]
    for place, entry in enumerate(standing):
        if entry.at.date() <= asked.today - timedelta(days=RECENT):
            return
        usual = _usual(entry, standing[place + 1 :])
        if is_unusual(entry.rejected, entry.rows_in, usual):
            yield _alert(entry, usual)


def is_unusual(rejected: int, rows: int, usual: float) -> bool:
    """Whether so many rows of so many are more than is usual. `usual`: share, 0…1."""
    enough = max(LEAST_ROWS, LEAST_SHARE * rows, TIMES * usual * rows)
    return rejected >= enough or math.isclose(rejected, enough)


def _usual(entry: LedgerEntry, before: Sequence[LedgerEntry]) -> float:
    """The share that earlier imports of the same sources lost; 0 where there were none."""
    same = [one for one in before if {*one.sources} & {*entry.sources} and one.rows_in][:BEFORE]
    return median(one.rejected / one.rows_in for one in same) if same else 0.0


def _alert(entry: LedgerEntry, usual: float) -> Alert:
    share = entry.rejected / entry.rows_in
    worst = max(
        (finding for report in entry.reports for finding in report.findings if finding.severity == "rejected"),
        key=lambda finding: finding.count, default=None,
    )  # fmt: skip

    def said(words: Language) -> Said:
        text = words.tn(
            "{n} of {rows} row was not loaded ({share}; usual is {usual})",
            "{n} of {rows} rows were not loaded ({share}; usual is {usual})",
            entry.rejected, rows=entry.rows_in, share=words.value(100 * share, "percent"),
            usual=words.value(100 * usual, "percent"),
        )  # fmt: skip
        name = words.t("Import of {file}", file=short(entry.file, NAME))
        return Said(
            title(name, (), words), sentences(f"{words.day(entry.at.date(), year=True)}: {text}"), _why(worst, words),
            words.t("Open the import on the Data page: it lists the rows with their reasons; mend the file and load it "
                    "again."),
        )  # fmt: skip

    day = entry.at.date()
    return Alert(
        Key("import", str(entry.import_id)), day, day, 100 * share, 100 * share, 100 * usual, "percent",
        said=in_every(said),
    )  # fmt: skip


def _why(worst: Finding | None, words: Language) -> str:
    return sentences(words.render(worst.message)) if worst is not None else ""
