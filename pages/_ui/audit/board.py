"""The board of an audit: the steps with what is next, KPIs by maturity, pain points, goals without KPIs."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from kpi.audit import Audit, Check, Pain, Step, compared, gathered, with_keys
from kpi.audit.model import LEVELS as ORDER
from kpi.audit.words import CHECKS, LEVELS, STEPS
from pages._ui import address, navigation, session
from pages._ui.audit import changes
from pages._ui.markup import Html, joined, link, quiet, section, tag
from pages._ui.people import parts
from pages._ui.session import View


def today(view: View) -> Audit:
    """The audit as things stand."""
    entries = view.store.entries
    question = ("audit", entries.version, tuple(sorted(entries.views.last().items())))
    return session.kept(view, question, lambda: gathered(view.store, view.reader, view.kpis, view.targets))


def sentence(view: View, audit: Audit, before: Audit | None) -> str:
    """«Сделано 21 из 28; дальше: …»."""
    t, words = view.language.t, view.language
    told = t("{met} of {of} points of KPI control are in place", met=audit.met, of=audit.of)
    if before is not None and before.day < audit.day:
        day = words.day(before.day, year=True)
        told = t("{told}; on {day} it was {before}", told=told, day=day, before=before.met)
    weakest = next((step for step in audit.steps if step.next is not None), None)
    if weakest is not None and weakest.next is not None:
        return t("{told}. Next: {todo}", told=told, todo=words.render(CHECKS[weakest.next.id].todo))
    return f"{told}."


def show(view: View, audit: Audit, before: Audit | None) -> None:
    """Everything that was found; with an earlier audit, what changed comes first."""
    blocks: list[list[Html]] = []
    if before is not None:
        earlier = session.kept(view, ("audit keys", before.day, tuple(key.kpi for key in audit.keys)),
                               lambda: with_keys(before, audit, view.reader, view.kpis, view.targets))  # fmt: skip
        blocks.append(changes.show(view, compared(earlier, audit)))
    told = [_steps(view, audit, before), _levels(view, audit), _voices(view, audit, before)]
    blocks += [*told, _pains(view, audit), _goals(view, audit)]
    st.html(joined(parts.block(*pieces) for pieces in blocks if pieces))


def _steps(view: View, audit: Audit, before: Audit | None) -> list[Html]:
    former = {step.id: step for step in before.steps} if before else {}
    cards = [_step(view, step, former.get(step.id)) for step in audit.steps]
    return [section(view.language.t("Steps")), tag("div", *cards, css="steps")]


def _step(view: View, step: Step, before: Step | None) -> Html:
    words, n = view.language, len(step.checks)
    was = f"{before.met} → " if before is not None and before.met != step.met else ""
    bar = tag("span", tag("span", css="bar", style=f"width: {100 * step.met / n:.0f}%"), css="rail")
    head = tag("h3", words.render(STEPS[step.id]), tag("b", f"{was}{step.met} / {n}"))
    todo = [_next(view, step.next)] if step.next is not None else [quiet(words.t("All in place."))]
    return tag("article", head, bar, tag("ul", *(_check(view, check) for check in step.checks)), *todo, css="step")


def _check(view: View, check: Check) -> Html:
    mark = tag("span", "●" if check.met else "○", css="good" if check.met else "none")
    figure = [tag("small", _figure(view, check.figure))] if check.figure else []
    return tag("li", mark, " ", view.language.render(CHECKS[check.id].holds), *figure)


def _figure(view: View, figure: str) -> str:
    """A figure; a day as people write it."""
    if figure.count("-") == 2:
        return view.language.day(date.fromisoformat(figure), year=True)
    return figure


def _next(view: View, check: Check) -> Html:
    said = CHECKS[check.id]
    where = navigation.href(said.page, address.language())
    return tag("p", link(where, "→ ", view.language.render(said.todo)), css="todo")


def _levels(view: View, audit: Audit) -> list[Html]:
    """Area × level of maturity."""
    t, words = view.language.t, view.language
    names = {
        "quality": t("Quality"), "operations": t("Operations"), "finance": t("Finance"), "team": t("Team"),
        "marketing": t("Marketing"), "hiring": t("Hiring"), "process": t("Processes"),
    }  # fmt: skip
    rows = [
        (names.get(area, area), *(words.number(counts.get(level, 0)) for level in ORDER))
        for area, counts in audit.levels.items()
    ]
    head = (t("Area"), *(words.render(LEVELS[level]) for level in ORDER))
    return [section(t("KPIs by maturity"), t("how many KPIs have come how far")), parts.figures(head, rows)]


def _voices(view: View, audit: Audit, before: Audit | None) -> list[Html]:
    """What staff and clients answered, then and now."""
    t, words = view.language.t, view.language
    if not audit.voices:
        return []
    then = {voice.kpi: voice.value for voice in before.voices} if before else {}
    rows = []
    for voice in audit.voices:
        kpi = view.kpis.get(voice.kpi)
        was = [words.value(then.get(kpi.id), kpi.unit)] if then else []
        standing = f"{words.mark(voice.status)} {words.status(voice.status)}"
        rows.append((words.catalogue(kpi.title), *was, words.value(voice.value, kpi.unit), standing))
    head = (t("Survey"), *([t("Before")] if then else []), t("Now"), t("Status"))
    return [section(t("Surveys"), t("answers of the last half year")), parts.figures(head, rows)]


def _pains(view: View, audit: Audit) -> list[Html]:
    """What hinders, by audience and theme."""
    t, found = view.language.t, []
    audiences = {"staff": t("What hinders the team"), "client": t("What bothers clients")}
    for audience, title in audiences.items():
        mine = [pain for pain in audit.pains if pain.audience == audience]
        if mine:
            people = max(pain.people for pain in mine)
            note = view.language.tn("{n} person asked", "{n} people asked", people)
            found += [section(title, note), *_themes(view, mine)]
    if found:
        return found
    nothing = t("Nobody was asked yet what hinders. An anonymous survey of pain points takes three minutes.")
    where = navigation.href("surveys", address.language())
    return [section(t("Pain points")), quiet(nothing), tag("p", link(where, "→ ", t("Ask in a survey")), css="todo")]


def _themes(view: View, pains: Sequence[Pain]) -> list[Html]:
    words, found = view.language, []
    for theme in dict.fromkeys(pain.theme for pain in pains):
        mine = [pain for pain in pains if pain.theme == theme]
        lines = [
            parts.bar(words.catalogue(pain.text), pain.share, words.value(pain.share, "percent")) for pain in mine
        ]  # fmt: skip
        found += [*([tag("h4", words.catalogue(theme), css="theme")] if theme else []), parts.bars(lines)]
    return found


def _goals(view: View, audit: Audit) -> list[Html]:
    if not audit.goals_without:
        return []
    t = view.language.t
    lines = [tag("p", tag("span", "▲ ", css="missed"), goal, css="finding") for goal in audit.goals_without]
    return [section(t("Goals that no KPI shows")), *lines]
