"""`import FILE…`: recognise, map, clean, check, publish.

Invariant: nothing of a run is published before every file of it is understood; what a person must decide is written
down as a mapping to edit, never asked.
"""

import argparse
import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from data.errors import UnrecognisedTable
from data.ingest.column_map import Mapping
from data.ingest.mapping import read_mapping
from data.ingest.pipeline import Proposal, propose
from data.ingest.staged import ImportOptions
from data.message import say
from data.store.elsewhere import LoadedElsewhere
from data.store.pace import LARGE
from data.store.store import Store
from data.store.watched import Progress
from kpi.command import undecided
from kpi.command.answer import as_json
from kpi.command.import_told import Told
from kpi.command.job import ProgressLine, carried_out
from kpi.command.session import Session
from kpi.custom.joined import catalogue_of
from kpi.effect import comparer


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("import", help="recognise, map, clean, check and publish files")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--fact", metavar="NAME", help="what the rows are (orders, reviews, …)")
    parser.add_argument("--mapping", metavar="FILE.toml", help="which column is what")
    parser.add_argument("--sheet", metavar="NAME", help="only this sheet of a workbook")
    parser.add_argument("--account", metavar="NAME", help="account of rows that name none")
    parser.add_argument("--branch", metavar="NAME", help="branch of rows that name none")
    parser.add_argument("--source", metavar="NAME", help="label that keys belong to (default: from the file's name)")
    parser.add_argument("--again", action="store_true", help="load content that is loaded for another account too")
    parser.add_argument("--dry-run", action="store_true", help="report, publish nothing")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)


def run(args: argparse.Namespace, session: Session) -> int:
    """Publish all files, or none if one of them is not understood."""
    store = session.open_store()
    paths = [session.path(file) for file in args.files]
    try:
        told = _all_loaded(paths, args, session, store)
    except LoadedElsewhere as question:
        return _asked(question, session)
    if told is None:
        return 1
    if args.json:
        session.print(as_json([entry for one in told for entry in one.as_dicts(session.words)]))
    else:
        session.print("\n\n".join(one.as_text(session.words) for one in told))
    return 0


def _asked(question: LoadedElsewhere, session: Session) -> int:
    """The question with its answers, to be given as arguments."""
    session.warn(session.reason(question))
    account, branch = question.there
    names = [f"--account {shlex.quote(account)}"] if account else []
    names += [f"--branch {shlex.quote(branch)}"] if branch else []
    session.warn(say("The same: {options}", options=" ".join(names) or session.words.t("without --account, --branch")))
    if question.import_id is not None:
        session.warn(say("Under a wrong name: first imports undo {number}", number=question.import_id))
    session.warn(say("Really twice: {options}", options="--again"))
    return 1


def _all_loaded(paths: Sequence[Path], args: argparse.Namespace, session: Session, store: Store) -> list[Told] | None:
    """What became of each file; None where one is not understood, and nothing is loaded."""

    def load(path: Path, mappings: Sequence[Mapping] | None) -> Told:
        return _load(store, path, mappings, args, session)

    if _explains_itself(paths, args):
        try:
            return [load(paths[0], None)]
        except UnrecognisedTable:
            decided(paths[0], args, session, store)
            return None
    plan = [(path, decided(path, args, session, store)) for path in paths]
    if any(mappings is None for _, mappings in plan):
        return None
    return [load(path, mappings) for path, mappings in plan]


def _explains_itself(paths: Sequence[Path], args: argparse.Namespace) -> bool:
    """A large file that is alone and about which nothing is said is read once, by the import itself."""
    alone = len(paths) == 1 and not (args.mapping or args.fact or args.sheet)
    return alone and paths[0].is_file() and paths[0].stat().st_size >= LARGE


def _load(
    store: Store, path: Path, mappings: Sequence[Mapping] | None, args: argparse.Namespace, session: Session
) -> Told:
    options = ImportOptions(account=args.account, branch=args.branch, source=args.source, again=args.again)

    def work(progress: Progress) -> Told:
        if not args.dry_run:
            return Told(store.publish(path, mappings, options, progress=progress))
        look = comparer(store, catalogue_of(store)).imported
        return Told(*store.rehearse(path, mappings, options, look, progress=progress), dry_run=True)

    return carried_out(store, path.name, work, ProgressLine(session, path.stat().st_size if path.is_file() else 0))


def decided(path: Path, args: argparse.Namespace, session: Session, store: Store) -> tuple[Mapping, ...] | None:
    """The mappings of a file; None, with the questions told and a mapping written, when a person must decide."""
    if args.mapping:
        given = read_mapping(session.path(args.mapping))
        return tuple(replace(mapping, sheet=args.sheet) for mapping in given) if args.sheet else given
    remembered = store.entries.mappings.recall
    proposals = propose(
        store.cursor(), path, fact=args.fact, sheet=args.sheet, remembered=remembered, account=args.account
    )
    meant = tuple(proposal for proposal in proposals if proposal.mapping is not None)
    if meant and all(proposal.certain for proposal in meant):
        return tuple(proposal.mapping for proposal in meant if proposal.mapping is not None)
    _tell(path, proposals, session)
    return None


def _tell(path: Path, proposals: Sequence[Proposal], session: Session) -> None:
    """Candidates, questions, and where the mapping to edit is."""
    error = UnrecognisedTable(say("What {file} holds must be told by a person. Nothing was imported.", file=path.name))
    session.warn(session.reason(error))
    proposals = [proposal for proposal in proposals if not proposal.offered] or proposals
    for proposal in proposals:
        for line in undecided.lines(proposal, session.words):
            session.warn(line)
    written = undecided.write(session.cwd, path, proposals, session.words)
    session.warn(say("Edit {mapping}, then: import {file} --mapping {mapping}", mapping=written.name, file=path.name))
