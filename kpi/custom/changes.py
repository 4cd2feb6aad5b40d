"""Defining KPIs, changing, removing and restoring them.

Invariant: nothing is entered that could not be made, or that would take another KPI down; an id is given once, and
never again to another KPI.
"""

import re
import unicodedata
from dataclasses import replace

from data.errors import UnknownName, UserError
from data.message import say
from data.schema.names import normalise
from data.store.entries import CustomKpi
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.catalogue.collection import parts_of
from kpi.custom.definition import PREFIX, Made
from kpi.custom.joined import Joined, joined, joined_of
from kpi.custom.limits import MAX_KPIS
from kpi.custom.vocabulary import extras_of
from kpi.language import LANGUAGES, language

DRAFT = f"{PREFIX}draft"
"""Id of a KPI nobody entered yet."""
_LONGEST_SLUG = 40
_LATIN = dict(
    zip("абвгдезийклмнопрстуфхцыьъэ", (*"abvgdezijklmnoprstufhcy", "", "", "e"), strict=True),
    ё="e", ж="zh", ч="ch", ш="sh", щ="sch", ю="yu", я="ya",
)  # fmt: skip


def drafted(store: Store, said: CustomKpi) -> tuple[Joined, Made]:
    """The workspace's KPIs as they would be with this one, and its definition. `UserError` if it cannot be made."""
    return _with(store, _tidy(said))


def add(store: Store, said: CustomKpi) -> CustomKpi:
    """Enter a new KPI; it gets its id. `UserError` says what is wrong with it."""
    entries = store.entries.custom_kpis
    with entries.alone():
        if len(entries.all()) >= MAX_KPIS:
            raise UserError(say("There are {most} KPIs of your own already; remove one first.", most=MAX_KPIS))
        named = _tidy(replace(said, kpi=new_id(said.title, entries.ids())))
        _check_title(store, named)
        _with(store, named)
        entries.enter(named)
        return named


def change(store: Store, said: CustomKpi) -> CustomKpi:
    """Put a KPI in other words. `UnknownName` if there is none of that id."""
    tidy = _tidy(said)
    with store.entries.custom_kpis.alone():
        _standing(store, tidy.kpi)
        _check_title(store, tidy)
        _with(store, tidy)
        store.entries.custom_kpis.enter(tidy)
        return tidy


def remove(store: Store, kpi: str) -> int:
    """Take a KPI away; the number of the version that `restore` brings back. `UserError` if others are made of it."""
    with store.entries.custom_kpis.alone():
        _standing(store, kpi)
        made = [one for one in joined_of(store).made.values() if one.kpi.id != kpi]
        users = [one.kpi.title for one in made if _is_made_of(store, one, kpi)]
        if users:
            raise UserError(
                say("Others are made of it: {titles}.", titles=", ".join(f"«{title}»" for title in users)),
                hint=say("Change or remove these first."),
            )
        before = store.entries.custom_kpis.versions(kpi)[-1].number
        store.entries.custom_kpis.remove(kpi)
        return before


def restore(store: Store, version: int) -> CustomKpi:
    """Bring back what a KPI was at a version, removed or reworded since."""
    said = store.entries.custom_kpis.version(version).wording
    with store.entries.custom_kpis.alone():
        _check_title(store, said)
        _with(store, said)
        store.entries.custom_kpis.enter(said)
        return said


def new_id(title: str, taken: frozenset[str]) -> str:
    """An id that says the title in Latin letters and was never given."""
    text = unicodedata.normalize("NFKD", "".join(_LATIN.get(sign, sign) for sign in title.lower()))
    slug = (
        re.sub(r"[^a-z0-9]+", "_", text.encode("ascii", "ignore").decode().lower())
        .strip("_")[:_LONGEST_SLUG]
        .strip("_")
    )
    known, number = {*taken, *catalogue().kpis, DRAFT}, 1
    made_up = base = f"{PREFIX}{slug or 'kpi'}"
    while made_up in known:
        number += 1
        made_up = f"{base}_{number}"
    return made_up


def _with(store: Store, said: CustomKpi) -> tuple[Joined, Made]:
    before = store.entries.custom_kpis.all()
    others = tuple(one for one in before if one.kpi != said.kpi)
    place = next((at for at, one in enumerate(before) if one.kpi == said.kpi), len(others))
    extras = extras_of(store.relations())
    whole = joined((*others[:place], said, *others[place:]), extras)
    if said.kpi in whole.problems:
        alone = joined(before, extras).catalogue
        if said.kpi in alone and said.kpi not in joined((*before, replace(said, kpi=DRAFT)), extras).problems:
            raise UserError(say("The KPI would be a part of itself."))
        raise whole.problems[said.kpi]
    broken = [one for one in others if one.kpi in whole.problems and one.kpi not in joined(before, extras).problems]
    if broken:
        raise UserError(
            say("«{title}» is made of it and could no longer be computed.", title=broken[0].title),
            whole.problems[broken[0].kpi].title,
        )
    return whole, whole.made[said.kpi]


def _is_made_of(store: Store, one: Made, kpi: str) -> bool:
    whole = joined_of(store).catalogue
    return kpi in parts_of(whole.get(one.kpi.id))


def _standing(store: Store, kpi: str) -> None:
    if all(one.kpi != kpi for one in store.entries.custom_kpis.all()):
        raise UnknownName(say("There is no KPI of your own called «{name}».", name=kpi))


def _check_title(store: Store, said: CustomKpi) -> None:
    """A KPI is named by its title in formulas: no two may be called the same in any language."""
    names = [language(code) for code in LANGUAGES]
    taken = {normalise(one.catalogue(kpi.title)) for kpi in catalogue().visible() for one in names}
    taken |= {normalise(one.title) for one in store.entries.custom_kpis.all() if one.kpi != said.kpi}
    if normalise(said.title) in taken:
        raise UserError(say("There is a KPI called «{title}» already.", title=said.title[:80]))


def _tidy(said: CustomKpi) -> CustomKpi:
    """Without white space around."""
    return replace(
        said, title=" ".join(said.title.split()), question=" ".join(said.question.split()), formula=said.formula.strip()
    )
