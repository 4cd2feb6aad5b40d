"""An audit of a workspace as it stands."""

import math
from collections import Counter
from dataclasses import replace
from datetime import date

from data.access.reader import Reader
from data.store.store import Store
from kpi.audit.known import Known
from kpi.audit.model import Audit, Key, Level
from kpi.audit.pains import pains, since
from kpi.audit.steps import steps
from kpi.catalogue import Catalogue
from kpi.compile.windows import month_end, step
from kpi.evaluate import availability, evaluate
from kpi.model import Kpi, Query
from kpi.people.roster import roster
from kpi.targets import TargetBook

ANSWERS = {"staff": ("enps", "engagement"), "client": ("nps", "csat", "ces")}
"""Audience → KPIs that its answers make."""


def gathered(store: Store, reader: Reader, catalogue: Catalogue, targets: TargetBook) -> Audit:
    """What is found today. `reader`: of somebody who may see everything."""
    day = store.clock().date()
    computable = frozenset(
        id_
        for id_, one in availability(reader.relations(), catalogue).items()
        if one.computable and (not one.kpi.is_of_judgements or targets.personal())  # which needs somebody's own target
    )
    heard = voices(reader, catalogue, targets, computable, day)
    known = _known(store, reader, catalogue, targets, computable, heard)
    served = {key.goal for key in known.chosen}
    without = tuple(goal.sentence for goal in known.goals if goal.id not in served)
    found = pains(store, reader, catalogue, known.day)
    return Audit(known.day, steps(known), _levels(known), known.keys, found, without, heard)


def _known(
    store: Store, reader: Reader, catalogue: Catalogue, targets: TargetBook, computable: frozenset[str],
    heard: tuple[Key, ...],
) -> Known:  # fmt: skip
    entries, day, relations = store.entries, store.clock().date(), reader.relations()
    chosen = tuple(key for key in entries.key_kpis() if key.kpi in catalogue)
    changed = [target.entered for target in targets.targets if target.entered is not None]
    links = [link for link in entries.links.all() if link.revoked_at is None]
    return Known(
        day, relations, catalogue, computable, entries.goals(), chosen,
        keys_of(reader, catalogue, targets, tuple(key.kpi for key in chosen if key.kpi in computable), day), targets,
        max(changed, default=None), entries.views.last(),
        tuple(entry.at.date() for entry in store.imports() if not entry.undone), len(entries.marks.all()),
        tuple(person.name for person in roster(reader, day) if person.here), len(links),
        sum(link.opened_at is not None for link in links), len(entries.schemes.all()),
        len(entries.bonus_snapshots.all()), frozenset(
            audience for audience, kpis in ANSWERS.items() if any(voice.kpi in kpis for voice in heard)
        ),
        tuple(audit.day for audit in entries.audits.all()),
    )  # fmt: skip


def keys_of(
    reader: Reader, catalogue: Catalogue, targets: TargetBook, ids: tuple[str, ...], day: date
) -> tuple[Key, ...]:
    """These KPIs in the latest month that was complete on a day."""
    until = [r.data_until for r in reader.relations().values() if r.live_filter and r.data_until]
    if not ids or not until:
        return ()
    known = min(max(until), day)
    first = known.replace(day=1)
    if known < month_end(first):
        first = step(first, "month", -1)
    frame = evaluate(reader, catalogue, Query(ids, first, month_end(first), "month", compare=()), targets).frame
    rows = {row["kpi"]: row for row in frame[frame["is_total"].astype(bool)].to_dict("records")}
    return tuple(
        Key(id_, _known_number(rows[id_]["value"]), _known_number(rows[id_]["target"]), str(rows[id_]["status"]))
        for id_ in ids
        if id_ in rows
    )


def with_keys(before: Audit, after: Audit, reader: Reader, catalogue: Catalogue, targets: TargetBook) -> Audit:
    """An earlier audit with the later one's key KPIs that it did not keep, as the data tell them of its time."""
    kept = {key.kpi for key in before.keys}
    lacking = tuple(key.kpi for key in after.keys if key.kpi not in kept and key.kpi in catalogue)
    return replace(before, keys=(*before.keys, *keys_of(reader, catalogue, targets, lacking, before.day)))


def _known_number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def voices(
    reader: Reader, catalogue: Catalogue, targets: TargetBook, computable: frozenset[str], day: date
) -> tuple[Key, ...]:
    """What answers of the last half year come to; what nobody answered is left out."""
    ids = tuple(kpi for kpis in ANSWERS.values() for kpi in kpis if kpi in computable)
    if not ids:
        return ()
    asked = Query(ids, since(day), day, compare=())
    rows = evaluate(reader, catalogue, asked, targets).frame.to_dict("records")
    return tuple(
        Key(row["kpi"], float(row["value"]), _known_number(row["target"]), str(row["status"]))
        for row in rows
        if row["is_total"] and math.isfinite(row["value"])
    )


def _levels(known: Known) -> dict[str, dict[str, int]]:
    """Area → level → KPIs that are exactly there."""
    aimed, keys = known.aimed_at(), {key.kpi: key for key in known.keys}
    found: dict[str, Counter[str]] = {}
    for kpi in known.catalogue.visible():
        found.setdefault(kpi.area, Counter())[_level(kpi, known, aimed, keys)] += 1
    return {area: dict(counts) for area, counts in found.items()}


def _level(kpi: Kpi, known: Known, aimed: frozenset[str], keys: dict[str, Key]) -> Level:
    if kpi.id not in known.computable:
        return "no_data"
    if kpi.id not in aimed:
        return "computable"
    if kpi.id not in keys:
        return "target"
    return "reached" if keys[kpi.id].status == "good" else "key"
