"""`imports`: the ledger. `imports undo ID`: take one import back."""

import argparse
from typing import Any

from data.message import say
from data.store.ledger import LedgerEntry
from kpi.command.answer import as_json, as_table
from kpi.command.import_told import as_dict
from kpi.command.job import carried_out
from kpi.command.parser import add_list
from kpi.command.session import Session
from kpi.language import Language

_KINDS = ("new", "changed", "same", "rejected", "repaired")


def add(commands: Any) -> None:
    """Declare the arguments."""
    add_list(
        commands, "imports", "what was imported, and taking it back", run,
        undoing="take one import back, as if it had never happened", undo=undo,
    )  # fmt: skip


def run(args: argparse.Namespace, session: Session) -> int:
    """Print the ledger, the first import first."""
    entries = sorted(session.open_store().imports(), key=lambda entry: entry.import_id)
    if args.json:
        session.print(as_json([entry_dict(entry, session.words) for entry in entries]))
    else:
        session.print(_table(entries, session.words))
    return 0


def undo(args: argparse.Namespace, session: Session) -> int:
    """Take one import back."""
    store = session.open_store()
    carried_out(store, f"undo {args.id}", lambda _progress: store.undo(args.id))
    session.print(say("Import {number} was taken back.", number=args.id))
    return 0


def entry_dict(entry: LedgerEntry, words: Language) -> dict[str, Any]:
    """One import as JSON shows it."""
    return {
        "import_id": entry.import_id,
        "at": entry.at.isoformat(sep=" ", timespec="seconds"),
        "file": entry.file,
        "sha256": entry.sha256,
        "facts": entry.facts,
        "sources": entry.sources,
        "rows_in": entry.rows_in,
        "rows_out": entry.rows_out,
        **{name: sum(getattr(report, name) for report in entry.reports) for name in _KINDS},
        "period": entry.period,
        "undone": entry.undone,
        "undone_at": entry.undone_at and entry.undone_at.isoformat(sep=" ", timespec="seconds"),
        "reports": [as_dict(report, words) for report in entry.reports],
    }


def _table(entries: list[LedgerEntry], words: Language) -> str:
    if not entries:
        return words.t("Nothing was imported yet.")
    header = [words.t("No."), words.t("When"), words.t("File"), words.t("Facts"), words.t("Rows")]
    header += [words.t("new"), words.t("changed"), words.t("already there"), words.t("rejected"), words.t("repaired")]
    header.append(words.t("Period"))
    rows = [
        [
            str(entry.import_id),
            entry.at.strftime("%Y-%m-%d %H:%M"),
            entry.file + (" " + words.t("(taken back)") if entry.undone else ""),
            ", ".join(entry.facts),
            words.number(entry.rows_in),
            *(words.number(sum(getattr(report, name) for report in entry.reports)) for name in _KINDS),
            words.span(*entry.period) if entry.period else "—",
        ]
        for entry in entries
    ]
    return as_table(header, rows, frozenset({0, *range(4, 10)}))
