"""The report of a schedule, made for one recipient.

Invariant: composed through a Reader with the recipient's scope, about what that scope is about: whoever sees one team
or one person gets that team's or person's report. The period is told by the occasion's day, not by when it is sent, so
a report that is sent late, or again, is about the same days.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from data.access.installation import place_of
from data.access.reader import Reader
from data.errors import UnknownName
from data.message import say
from data.model import Scope
from data.store.entries import Delivery, Schedule, Wanted
from data.store.entries.delivery.schedules import EVERYONE
from data.store.store import Store
from kpi.compile.windows import floor
from kpi.delivery.audience import Recipient
from kpi.delivery.making import Never, NotYet
from kpi.delivery.parcel import Attachment, Parcel
from kpi.language import Language, language
from kpi.report import words as said
from kpi.report.composing import Asked, asking, compose, edition_of, subject_of
from kpi.report.composing.subjects import DIMENSIONS
from kpi.report.forms import FORMS
from kpi.report.forms.mail import mail, text
from kpi.report.model import PERSON, WHOLE, Edition, Report, Subject

LOOKED_AGAIN = timedelta(minutes=30)
"""How often it is looked whether the data are complete."""
_DAY = timedelta(days=1)
_SHOW_ALL = frozenset({"overview", "people"})
"""Whoever opens one of these pages sees the KPIs of every area."""


def report(store: Store, delivery: Delivery, recipient: Recipient, now: datetime) -> Parcel:
    """What goes out. `NotYet` while it waits for data, `Never` where there is nothing for them."""
    schedule = _schedule(store, delivery)
    wanted, day = schedule.wanted, date.fromisoformat(delivery.occasion[:10])
    edition = past(store, day, wanted)
    _wait(edition, wanted, delivery, now)
    asked = _asked(store, recipient.scope)
    made = compose(asked, _subject(asked.reader, wanted, recipient), edition)
    if not made.lines:
        raise Never(say("There are no figures they may see."))
    entry = store.entries.channels.get(delivery.channel)
    return _parcel(made, wanted, delivery.key, is_mail=entry is not None and entry.kind == "mail")


def past(store: Store, day: date, wanted: Wanted) -> Edition:
    """The last week or month that was over on a day."""
    ends = [one.data_until for one in Reader(store).relations().values() if one.live_filter and one.data_until]
    return edition_of(floor(day, wanted.edition) - _DAY, wanted.edition, max(ends, default=None))


def _schedule(store: Store, delivery: Delivery) -> Schedule:
    try:
        return store.entries.schedules.get(int(delivery.source.partition(":")[2]))
    except UnknownName:
        raise Never(say("The schedule was taken away.")) from None


def _wait(edition: Edition, wanted: Wanted, delivery: Delivery, now: datetime) -> None:
    if wanted.waits is not None and not edition.complete and now < delivery.due_at + timedelta(days=wanted.waits):
        raise NotYet(say("The data do not go to {day} yet.", day=edition.last), now + LOOKED_AGAIN)


def _asked(store: Store, scope: Scope) -> Asked:
    """What their report is composed from: of the KPIs those of the areas they open."""
    asked = asking(store, scope, business=place_of(store.workspace.folder).business)
    pages = scope.pages
    if pages is None or pages & _SHOW_ALL:
        return asked
    chosen = tuple(kpi.id for kpi in asked.kpis(None) if kpi.area in pages)
    if not chosen:
        raise Never(say("There are no figures they may see."))
    return replace(asked, chosen=chosen)


def _subject(reader: Reader, wanted: Wanted, recipient: Recipient) -> Subject:
    if wanted.subject == EVERYONE:
        return Subject(PERSON, recipient.name)
    if wanted.subject:
        dimension, _, member = wanted.subject.partition("=")
        try:
            return subject_of(reader, dimension, member)
        except UnknownName:
            raise Never(say("They may not see what this report is about.")) from None
    match reader.scope.where:
        case ((dimension, (member,)),) if dimension in DIMENSIONS:
            return Subject(dimension, member)
    return WHOLE


def _parcel(made: Report, wanted: Wanted, key: str, *, is_mail: bool) -> Parcel:
    """The files and the words; the letter with its pictures only where a mail shows it."""
    words = language(wanted.language)
    files = tuple(
        Attachment(said.file_name(made, words, FORMS[form].suffix), FORMS[form].media, FORMS[form].write(made, words))
        for form in wanted.forms
    )
    if not is_mail:
        told = text(made, words)
        return Parcel(key, said.title(made, words), told, files=files, facts=_facts(made, words), note=told)
    body = mail(made, words)
    pictures = {one.cid: one.content for one in body.pictures}
    return Parcel(key, body.subject, body.text, body.html, pictures, files)


def _facts(made: Report, words: Language) -> Mapping[str, Any]:
    edition, subject = made.edition, made.subject
    return {
        "edition": edition.grain, "since": edition.first.isoformat(), "until": edition.last.isoformat(),
        "complete": edition.complete, "dimension": subject.dimension, "member": subject.member or None,
        "kpis": [
            {
                "kpi": line.kpi.id, "title": said.name(line.kpi, words), "value": line.value, "unit": line.kpi.unit,
                "previous": line.previous, "target": line.target, "status": line.status, "used": line.used,
            }
            for line in made.lines
        ],
    }  # fmt: skip
