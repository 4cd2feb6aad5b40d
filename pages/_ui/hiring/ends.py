"""Who stays 90 days, and what an application and a hire cost: by member.

Invariant: the figures are those of the cards; whoever is not old enough is beside the share, not in it.
"""

from kpi.hiring.money import Cost, costs
from kpi.hiring.staying import Staying, staying
from pages._ui.hiring.asked import Asked
from pages._ui.markup import Html, quiet, section, tag
from pages._ui.people import parts

MOST = 12
KPI = "retention_90_hired"


def stays(asked: Asked) -> list[Html]:
    """Who stays."""
    found = asked.kept(("staying", asked.by), lambda: staying(asked.asking, asked.by))
    shown = [one for one in found if one.is_total or one.old + one.young][: MOST + 1]
    if not shown or not shown[0].old + shown[0].young:
        return []
    t, words = asked.view.language.t, asked.view.language
    lines = [_line(asked, one) for one in shown]
    young = shown[0]
    note = words.tn(
        "{n} hire is not 90 days old yet and is in no share; {left} of them left already.",
        "{n} hires are not 90 days old yet and are in no share; {left} of them left already.", young.young,
        left=words.number(young.young_left),
    )  # fmt: skip
    return [section(t("Who stays 90 days"), t("of those hired at least 90 days ago")), parts.bars(lines),
            *([quiet(note)] if young.young else [])]  # fmt: skip


def _line(asked: Asked, one: Staying) -> Html:
    words = asked.view.language
    name = asked.name(one.member, is_total=one.is_total)
    if not one.old:
        note = words.tn("{n} hire, not old enough yet", "{n} hires, not old enough yet", one.young)
        return parts.bar(name, 0.0, "—", note)
    ends = f"{words.number(one.low, 0)}–{words.value(round(one.high), 'percent')}"
    note = words.t("{stayed} of {old} · 95 %: {ends}", stayed=one.stayed, old=one.old, ends=ends)
    if one.old < asked.view.kpis.get(KPI).min_rows:
        note = f"{note} · {words.status('too_few').lower()}"
    return parts.bar(tag("b", name) if one.is_total else name, one.share, words.value(one.share, "percent"), note)


def money(asked: Asked) -> list[Html]:
    """What it costs."""
    by = asked.by
    if by is not None and by not in asked.view.reader.relations()["hires"].columns:
        by = None
    found = asked.kept(("costs", by), lambda: costs(asked.asking, by))
    shown = [one for one in found if one.applications or one.hires][: MOST + 1]
    if not any(one.per_response == one.per_response or one.per_hire == one.per_hire for one in shown):
        return []
    t, words = asked.view.language.t, asked.view.language
    head = (asked.dimension if by else t("All"), t("Spent"), t("Applications"), t("Of one application"), t("Hires"),
            t("Of one hire"))  # fmt: skip
    return [section(t("What hiring costs")), parts.figures(head, [_cells(asked, one) for one in shown]),
            *_without(shown, words.t("No hire: its money is in the total."))]  # fmt: skip


def _cells(asked: Asked, one: Cost) -> tuple[str, ...]:
    words = asked.view.language
    return (
        asked.name(one.member, is_total=one.is_total), words.value(one.spent, "money"), words.number(one.applications),
        words.value(one.per_response, "money"), words.number(one.hires), words.value(one.per_hire, "money"),
    )  # fmt: skip


def _without(shown: list[Cost], sentence: str) -> list[Html]:
    return [quiet(sentence)] if any(not one.hires and one.spent > 0 for one in shown) else []
