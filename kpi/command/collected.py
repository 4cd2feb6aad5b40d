"""Sources, their runs and what a try gave, as lines and as JSON.

Invariant: no setting that is a secret is in any of it; times are the business's local times.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from data.collect.kinds import KINDS
from data.collect.trial import Trial
from data.errors import UserError
from data.store.entries.collect import Connection, Run
from data.store.store import Store
from kpi.language import Language


def standing(store: Store, one: Connection, words: Language) -> dict[str, Any]:
    """What is connected, and how it stands."""
    now, waiting = store.entries.standings.of(one.id), store.entries.arrivals.standing(one.id, "waiting", "refused")
    return {
        "id": one.id, "name": one.name, "kind": one.kind, "settings": dict(one.settings), "every": one.rhythm,
        "account": one.account, "branch": one.branch, "fact": one.fact, "takes": one.takes, "paused": one.is_paused,
        "last_asked": _iso(now.tried_at), "last_came": _iso(now.came_at), "next": _iso(now.next_at),
        "failures": now.failures, "failing_since": _iso(now.failing_since), "stopped": now.is_stopped,
        "trouble": reason(now.trouble, words),
        "waiting": [{"file": file.name, "reason": reason(file.trouble, words)} for file in waiting],
    }  # fmt: skip


def line(store: Store, one: Connection, words: Language) -> str:
    """The same in a line."""
    now = store.entries.standings.of(one.id)
    parts = [one.name, words.render(KINDS[one.kind].title) if one.kind in KINDS else one.kind, one.rhythm]
    if one.is_paused:
        parts.append(words.t("paused"))
    elif now.failing_since is not None:
        since = f"{now.failing_since:%Y-%m-%d %H:%M}"
        parts.append(words.t("fails since {since}: {reason}", since=since, reason=reason(now.trouble, words)))
    elif now.came_at is not None:
        parts.append(words.t("last brought something {at}", at=f"{now.came_at:%Y-%m-%d %H:%M}"))
    waiting = len(store.entries.arrivals.standing(one.id, "waiting", "refused"))
    if waiting:
        parts.append(words.tn("{n} file waits for a decision", "{n} files wait for a decision", waiting))
    return "  ".join(parts)


def told(store: Store, run: Run, words: Language) -> dict[str, Any]:
    """How a run went."""
    ended = run.ended
    return {
        "source": store.entries.connections.get(run.connection).name, "outcome": ended.outcome, "files": ended.files,
        "rows_new": ended.rows_new, "rows_changed": ended.rows_changed, "rejected": ended.rejected,
        "findings": ended.findings, "notes": [words.render(note) for note in ended.notes],
        "trouble": reason(ended.trouble, words), "began": _iso(run.began_at), "ended": _iso(run.ended_at),
        "next": _iso(ended.next_at),
    }  # fmt: skip


def lines(store: Store, run: Run, words: Language) -> Iterator[str]:
    """The same in lines."""
    ended, name = run.ended, store.entries.connections.get(run.connection).name
    what = {
        "came": words.tn("{n} file loaded", "{n} files loaded", ended.files),
        "nothing": words.t("nothing new"),
        "waiting": words.t("a file waits for a decision"),
        "failed": words.t("failed"),
    }.get(ended.outcome, ended.outcome)
    counts = words.t("{new} new rows, {changed} changed", new=ended.rows_new, changed=ended.rows_changed)
    yield f"{name}: {what}" + (f", {counts}" if ended.files else "")
    if ended.trouble is not None:
        yield f"  {reason(ended.trouble, words)}"
    yield from (f"  {words.render(note)}" for note in ended.notes)


def tried(trial: Trial, words: Language) -> dict[str, Any]:
    """What a try gave."""
    return {
        "told": [words.render(line) for line in trial.told],
        "files": [
            {
                "name": sample.name, "bytes": sample.size, "trouble": reason(sample.trouble, words),
                "tables": [
                    {"sheet": table.sheet, "rows": table.rows, "fact": table.mapping.fact if table.mapping else None,
                     "certain": table.certain, "questions": [words.render(one) for one in table.questions]}
                    for table in sample.tables
                ],
            }
            for sample in trial.samples
        ],
    }  # fmt: skip


def tried_lines(trial: Trial, words: Language) -> Iterator[str]:
    """The same in lines."""
    yield from map(words.render, trial.told)
    for sample in trial.samples:
        yield sample.name + (f": {reason(sample.trouble, words)}" if sample.trouble is not None else "")
        for table in sample.tables:
            fact = table.mapping.fact if table.mapping else words.t("not recognised yet")
            yield f"  {table.sheet or ''} {fact}, {words.tn('{n} row', '{n} rows', table.rows)}".replace("   ", "  ")
            yield from (f"    {words.render(question)}" for question in table.questions)
    if not trial.samples:
        yield words.t("It answers; there is nothing to take yet.")


def reason(error: UserError | None, words: Language) -> str | None:
    """What a mistake says, in a line."""
    if error is None:
        return None
    return " ".join(words.render(part) for part in (error.title, error.detail, error.hint) if part is not None)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment is not None else None
