"""Targets and their changes in words.

Invariant: the same target is called the same on a page, in an export and in a terminal.
"""

import json

from data.message import Message, say
from data.store.entries import Entries, NewTarget, Step, TargetRow
from kpi.catalogue import Catalogue
from kpi.language import Language
from kpi.model import Kpi
from kpi.planning import rule_from_json
from kpi.planning.rule import told

HISTORY_COLUMNS = (
    "step", "at", "who", "action", "kpi", "scope", "valid_from", "valid_to", "before", "after", "note", "file",
    "undone_at",
)  # fmt: skip
"""Keys of a line of the history, in order."""


def history(entries: Entries, known: Catalogue, words: Language) -> list[dict[str, object]]:
    """The whole log, the latest first: a line for each target that was changed, one for each step taken back."""
    rows: dict[int, list[TargetRow]] = {}
    for row in entries.target_changes():
        rows.setdefault(row.step, []).append(row)
    lines = []
    for step in reversed(entries.target_steps()):
        mine: list[TargetRow | None] = [*rows.get(step.id, [])] or [None]
        lines += [_line(words, known, step, row) for row in mine]
    return lines


def _line(words: Language, known: Catalogue, step: Step, row: TargetRow | None) -> dict[str, object]:
    """A change as a line of the history, in words."""
    told: dict[str, object] = dict.fromkeys(HISTORY_COLUMNS, "") | {
        "step": step.id, "at": step.at, "who": who(words, step), "action": words.render(action(step)),
        "note": step.note, "file": step.file, "undone_at": step.undone_at or "",
    }  # fmt: skip
    if row is None:
        return told
    kpi, before = known.named(row.kpi), before_of(row)
    return told | {
        "kpi": words.catalogue(kpi.title), "scope": scope(words, row), "valid_from": row.valid_from,
        "valid_to": row.valid_to or "", "before": whole(words, kpi, before) if before else "",
        "after": whole(words, kpi, row),
    }  # fmt: skip


def before_of(row: TargetRow) -> NewTarget | None:
    """What stood in its place when it was entered; None: nothing of one's own."""
    if row.before is None:
        return None
    return NewTarget(row.kpi, scope=row.scope, valid_from=row.valid_from, **json.loads(row.before))


def number(words: Language, kpi: Kpi, target: NewTarget) -> str:
    """«at least 2 500 000 ₽, acceptable 2 200 000 ₽»; empty where a rule has no number yet."""
    good = words.target(target.good_low, target.good_high, kpi.unit)
    ok = next((value for value in (target.ok_low, target.ok_high) if value is not None), None)
    if ok is None or not good:
        return good
    return words.t("{good}, still acceptable {ok}", good=good, ok=words.value(ok, kpi.unit, exact=True))


def whole(words: Language, kpi: Kpi, target: NewTarget) -> str:
    """The target with what kind it is: «November 2026: at least 2 500 000 ₽»."""
    if target.kind == "none":
        return words.t("as by default")
    if target.kind == "rule":
        return words.render(told(rule_from_json(target.rule or "")))
    text = words.t("not planned") if target.is_cleared else number(words, kpi, target)
    if target.kind == "fixed":
        return words.t("{target} a month", target=text) if kpi.additive else text
    if target.valid_from is None:
        return text
    period = words.period(target.valid_from, target.grain or "month")
    return f"{period}: {text}"


def scope(words: Language, target: NewTarget) -> str:
    """For whom."""
    if target.scope is None:
        return words.t("Whole business")
    return f"{words.catalogue(target.scope[0].capitalize())}: {target.scope[1]}"


def days(words: Language, target: NewTarget) -> str:
    """When it judges; of a period's number nothing, for its period says it."""
    if target.kind in ("plan", "cumulative") or target.valid_from is None:
        return ""
    since = words.t("from {day}", day=target.valid_from)
    return f"{since} {words.t('until {day}', day=target.valid_to)}" if target.valid_to else since


def action(step: Step) -> Message:
    """What was done in a step."""
    known = {
        "set": say("Target set"), "remove": say("Target removed"), "undo": say("Change {n} taken back", n=step.undoes),
        "import": say("Plan imported from {file}", file=step.file),
    }  # fmt: skip
    return known[step.action]


def who(words: Language, step: Step) -> str:
    """By whom; until accounts exist it is this computer."""
    return words.t("this computer") if step.who == "this computer" else step.who
