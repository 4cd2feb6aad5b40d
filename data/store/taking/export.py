"""A copy of everything: originals, every fact, the ledger, what was not loaded, what people entered.

Invariant: what leaves is one state of the workspace: no import, undo or merge happens while it is copied.
"""

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.message import Message, say
from data.model import Fact
from data.schema.loader import facts
from data.store.fact_tables import table_of
from data.store.form_rows import FACT
from data.store.identifiers import listed
from data.store.ledger import LedgerEntry
from data.store.loaded import filled_columns
from data.store.store import Store
from data.store.taking.packing import Pack, packed
from data.store.taking.tables import PLAIN, Dialect, frame_csv, write_csv, write_parquet
from data.store.watched import Progress, unwatched

ENTERED = (
    "target_steps", "target_changes", "target_numbers", "goals", "custom_kpis", "key_kpis", "kpi_views", "mappings",
    "merges", "different_people", "marks", "comments", "process_settings", "saved_views", "settings", "surveys",
    "bonus_schemes", "bonus_snapshots", "bonus_corrections", "audits", "experiment_log",
    "delivery_channels", "addressees", "schedules", "deliveries", "alert_rules", "alerts",
    "connections", "collections", "arrivals",
)  # fmt: skip
"""Tables of what people entered that leave."""
WITHHELD = (
    "entries_version", "entries_migrations", "links", "api_tokens", "comment_mentions", "sealed_secrets",
    "connection_states", "push_tokens",
    "survey_links", "survey_invitations", "survey_answers", "survey_remarks", "clockwork",
    "telegram_codes", "telegram_read",
    "alert_messages", "alert_tellings", "alert_links", "alert_looks",
)  # fmt: skip
"""Tables that say nothing to anybody, or what people said in confidence; a table must stand here or above."""
NO_STAFF = "audience is distinct from 'staff'"
"""Of the surveys: what staff answered never leaves as rows; files that were uploaded are the owner's own."""

README = (
    say("Everything that was in the KPI dashboard."),
    say("originals — your files as you uploaded them, each with the number of its load in front."),
    say("facts — every row that counts, by kind: CSV for spreadsheet programs, Parquet for other software."),
    say("imports.csv — what was loaded when, and what became of it."),
    say("not_loaded — rows that were not loaded, with line and reason."),
    say("entered — targets, goals and all else that was entered by hand."),
    say("Answers of staff to surveys are in no table: they were promised that nobody sees single answers."),
)
"""What the folders hold, a line each."""


@dataclass(frozen=True)
class _Export:
    """One export under way."""

    store: Store
    """Of which workspace."""
    pack: Pack
    """Where to."""
    folder: Path
    """Where files are made before they are packed."""
    dialect: Dialect
    """How CSV is written."""

    def csv(self, name: str, write: Callable[[Path], None]) -> None:
        """A file made by `write`, packed, and gone here."""
        path = self.folder / "table.csv"
        write(path)
        self.pack.add(name, path)
        path.unlink()


def export(
    store: Store,
    target: Path,
    *,
    render: Callable[[Message], str] = str,
    dialect: Dialect = PLAIN,
    progress: Progress = unwatched,
) -> None:
    """Copy everything into a new zip or an empty folder. `render`: says a sentence in the person's language."""
    with store.writing(), packed(target) as pack, tempfile.TemporaryDirectory(dir=store.workspace.temporary) as folder:
        made = _Export(store, pack, Path(folder), dialect)
        steps = [*_facts(made), *_others(made, render)]
        for place, step in enumerate(steps):
            progress(say("Copying everything"), place / len(steps))
            step()


def _facts(made: _Export) -> Iterator[Callable[[], None]]:
    filled = filled_columns(made.store.cursor())
    for fact in facts().values():
        if fact.name in filled:
            yield lambda fact=fact: _fact(made, fact, *filled[fact.name])  # type: ignore[misc]


def _fact(made: _Export, fact: Fact, columns: frozenset[str], extras: dict[str, str]) -> None:
    """The rows that count: filled columns in the schema's order, then what nobody mapped, then where they came from."""
    own = [column.name for column in fact.columns if column.name in columns]
    names = {name: name for name in own} | {column: header for header, column in extras.items()}
    names |= {"_import": "import", "_line": "line"}
    leaves = f"_live and {NO_STAFF}" if fact.name == FACT and "audience" in columns else "_live"
    select = f"select {listed(names)} from {table_of(fact)} where {leaves} order by _day, _import, _line"
    with made.store.cursor() as cursor:
        made.csv(f"facts/{fact.name}.csv", lambda path: write_csv(cursor, select, names, path, made.dialect))
        made.csv(f"facts/{fact.name}.parquet", lambda path: write_parquet(cursor, select, path))


def _others(made: _Export, render: Callable[[Message], str]) -> Iterator[Callable[[], None]]:
    entries, readme = made.store.imports(), "".join(f"{render(line)}\n" for line in README)
    yield lambda: made.csv("README.txt", lambda path: _write(path, readme))
    yield lambda: made.csv("imports.csv", lambda path: frame_csv(_ledger(entries), path, made.dialect))
    for table in ENTERED:
        yield lambda table=table: _entered(made, table)  # type: ignore[misc]
    for entry in entries:
        yield lambda entry=entry: _of_import(made, entry)  # type: ignore[misc]


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _ledger(entries: tuple[LedgerEntry, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "import": entry.import_id, "at": entry.at, "file": entry.file, "sha256": entry.sha256,
                "facts": ", ".join(entry.facts), "source": ", ".join(entry.sources),
                "first_day": entry.period and entry.period[0], "last_day": entry.period and entry.period[1],
                "rows_in": entry.rows_in, "rows_out": entry.rows_out, "rejected": entry.rejected,
                "undone_at": entry.undone_at,
            }
            for entry in entries
        ]
    )  # fmt: skip


def _entered(made: _Export, table: str) -> None:
    frame = made.store.entries.table(table)
    if len(frame):
        made.csv(f"entered/{table}.csv", lambda path: frame_csv(frame, path, made.dialect))


def _of_import(made: _Export, entry: LedgerEntry) -> None:
    """The original under its own name, and the rows of it that were not loaded."""
    with contextlib.suppress(FileNotFoundError), made.store.originals.opened(entry.sha256, entry.extension) as original:
        made.pack.add(f"originals/{entry.import_id} {_plain(entry.file)}", original)
    if entry.rejected and not entry.undone:
        rejects = made.store.rejects(entry.import_id)
        made.csv(f"not_loaded/{entry.import_id}.csv", lambda path: frame_csv(rejects, path, made.dialect))


def _plain(name: str) -> str:
    """The last part of a name, so that no file can leave the folder."""
    return name.replace("\\", "/").rsplit("/", 1)[-1] or "file"
