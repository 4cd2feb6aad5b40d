"""Bonuses and replays with the keys programs rely on, and as tables for people.

Invariant: money is a number of roubles with at most two decimals, per cents are 0–100; what is not known is null.
"""

from decimal import Decimal
from typing import Any

from kpi.bonus import Answer, Part, Pay, Slip
from kpi.bonus import words as told
from kpi.bonus.explained import Explained, explain, status
from kpi.bonus.inputs import Side
from kpi.bonus.replay import Ran, Replay
from kpi.bonus.steps import ahead
from kpi.catalogue import Catalogue
from kpi.command.answer import as_table
from kpi.language import Language


def as_dict(answer: Answer) -> dict[str, Any]:
    """A month."""
    sheet, approved = answer.sheet, answer.approved
    return {
        "scheme": answer.scheme.id, "title": answer.scheme.title, "month": sheet.month,
        "status": "approved" if approved else "preview", "is_running": sheet.given.is_running,
        "data_until": sheet.given.until, "data_version": sheet.given.data_version,
        "approval": approved and {
            "id": approved.id, "at": approved.at, "scheme_version": approved.version, "sha256": approved.sha256,
            "is_intact": approved.is_intact,
        },
        "pool": _number(sheet.given.pool), "total": _number(answer.total), "without_post": list(answer.left_out),
        "people": [person(answer, slip) for slip in sheet.slips],
    }  # fmt: skip


def person(answer: Answer, slip: Slip) -> dict[str, Any]:
    """One person's bonus with all it is made of."""
    given, corrected = slip.person, answer.approved.corrected(slip.person.name) if answer.approved else Decimal(0)
    more = {one.kpi: one for one in ahead(answer.scheme, answer.sheet, slip)}
    parts = []
    for part in slip.parts:
        one = more.get(part.given.kpi)
        step = one and {"step": one.step, "by": _number(one.by), "pays": _number(one.pays),
                        "next": _number(one.point), "next_pays": _number(one.point_pays)}  # fmt: skip
        parts.append({**_part(part), "one_step_more": step})
    return {
        "name": given.name, "role": given.role, "branch": given.branch, "team": given.team,
        "fund": _number(slip.fund), "time": _number(slip.time), "days": given.time.days,
        "worked_hours": _number(given.time.worked), "planned_hours": _number(given.time.planned),
        "gate": _number(slip.gate), "score": _number(slip.score), "kpis": parts,
        "personal": _number(slip.personal), "team_part": _number(slip.team), "rounding": _number(slip.rounding),
        "total": _number(slip.total), "corrections": _number(corrected), "payable": _number(slip.total + corrected),
    }  # fmt: skip


def _part(part: Part) -> dict[str, Any]:
    sides = {"personal": _side(part.given.personal, part.personal), "team": _side(part.given.team, part.team)}
    return {"kpi": part.given.kpi, "unit": part.given.unit, "weight": _number(part.weight), **sides}


def _side(side: Side, pay: Pay) -> dict[str, Any]:
    curve = side.curve
    return {
        "value": _number(side.value), "rows": side.rows, "why_not": side.why or None,
        "threshold": _number(curve.threshold if curve else None), "target": _number(curve.target if curve else None),
        "cap": _number(curve.cap if curve else None), "weight": _number(pay.weight), "payout": _number(pay.payout),
        "brake": _number(pay.brake), "money": _number(pay.money),
    }  # fmt: skip


def replay_as_dict(found: Replay) -> dict[str, Any]:
    """What another scheme would have paid."""
    return {
        "months": list(found.months), "before": _ran(found.before), "after": _ran(found.after),
        "people": [
            {
                "name": one.name, "before": _number(one.before), "after": _number(one.after),
                "change": _number(one.change), "noise_before": _number(one.noise_before),
                "noise_after": _number(one.noise_after),
            }
            for one in found.changes
        ],
    }  # fmt: skip


def _ran(ran: Ran) -> dict[str, Any]:
    return {
        "total": _number(ran.total), "by_month": [_number(total) for total in ran.by_month],
        "weights": {m.kpi: _number(m.weight) for m in ran.scheme.measures}, "noise": _number(ran.noise_of_all()),
        "warnings": [{"kind": w.kind, "kpi": w.kpi or None, "people": list(w.people), "of": w.of} for w in ran.warned],
    }  # fmt: skip


def table(answer: Answer, words: Language) -> str:
    """Everybody, one a line."""
    head = [words.t("Who"), words.t("Own"), words.t("Common"), words.t("Bonus"), words.t("To be paid")]
    rows = [
        [
            slip.person.name, told.money(words, slip.personal), told.money(words, slip.team),
            told.money(words, slip.total), told.money(words, answer.payable(slip.person.name)),
        ]
        for slip in answer.sheet.slips
    ]  # fmt: skip
    rows.append([words.t("all"), "", "", "", told.money(words, answer.total)])
    title = f"{answer.scheme.title}, {words.period(answer.sheet.month, 'month')}. {status(answer, words)}"
    return title + "\n\n" + as_table(head, rows, frozenset({1, 2, 3, 4}))


def sheet(answer: Answer, slip: Slip, words: Language) -> str:
    """One person's sheet."""
    told_ = explain(answer, slip, words)
    return "\n\n".join([told_.headline, told_.status, _pairs(told_.basis), _lines(told_, words), _pairs(told_.totals),
                        *told_.notes])  # fmt: skip


def _pairs(pairs: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"{name}: {text}" for name, text in pairs)


def _lines(found: Explained, words: Language) -> str:
    head = [
        words.t("KPI"), words.t("Whose result"), words.t("Value"), words.t("Pays from – in full – most"),
        words.t("Weight"), words.t("Fulfilled"), words.t("Money"), words.t("How"), words.t("One step more"),
    ]  # fmt: skip
    rows = [[getattr(line, name) for name in line.__dataclass_fields__] for line in found.lines]
    return as_table(head, rows, frozenset({2, 3, 4, 5, 6}))


def replay_table(found: Replay, definitions: Catalogue, words: Language) -> str:
    """Everybody before and after, then what is wrong."""
    head = [words.t("Who"), words.t("Now"), words.t("Then"), words.t("Change"), words.t("Noise in the swing")]
    rows = [
        [
            one.name, told.money(words, one.before), told.money(words, one.after), told.signed(words, one.change),
            "—" if one.noise_after is None else told.percent(words, one.noise_after),
        ]
        for one in found.changes
    ]  # fmt: skip
    totals = (found.before.total, found.after.total)
    rows.append(
        [words.t("all"), *(told.money(words, x) for x in totals), told.signed(words, totals[1] - totals[0]), ""]
    )
    warned = [
        told.warning(words, w, words.catalogue(definitions.get(w.kpi).title) if w.kpi else found.after.scheme.title)
        for w in found.after.warned
    ]
    span = words.t("{n} months, {first} – {last}", n=len(found.months), first=words.period(found.months[0], "month"),
                   last=words.period(found.months[-1], "month"))  # fmt: skip
    return "\n\n".join([span, as_table(head, rows, frozenset({1, 2, 3, 4})), *warned])


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
