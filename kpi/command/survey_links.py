"""Addresses of a survey's links, as text, as JSON and as QR codes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.message import say
from data.store.entries.surveys import Survey
from data.store.store import Store
from kpi.command.answer import as_json
from kpi.command.session import Session
from kpi.command.workspace import survey_address
from kpi.surveys.qr import svg


@dataclass(frozen=True)
class Way:
    """One link with its addresses."""

    group: tuple[str, str] | None
    """(dimension, member) it is for."""
    is_one_time: bool
    """Each address can be answered once."""
    addresses: tuple[str, ...]
    """Whole addresses; none where the key was lost."""


def ways(store: Store, number: int) -> Iterator[Way]:
    """The links of a survey."""
    base, _ = survey_address(store.workspace.folder)
    surveys = store.entries.surveys
    for link in surveys.links(number):
        yield Way(link.group, link.invitations > 0, tuple(f"{base}/s/{token}" for token in surveys.tokens(link)))


def told(store: Store, survey: Survey, people: int) -> dict[str, Any]:
    """A survey with the keys programs rely on."""
    return {
        "survey": survey.id, "kind": survey.kind, "audience": survey.audience, "title": survey.title,
        "answers": people, "until": survey.last_day, "is_over": survey.is_over(store.clock().date()),
    }  # fmt: skip


def print_links(store: Store, number: int, session: Session, *, is_json: bool) -> None:
    """The addresses, and a word where other devices do not reach them."""
    survey, people = store.entries.surveys.get(number), store.entries.surveys.answers.people()
    found = tuple(ways(store, number))
    if is_json:
        listed = [
            {"group": dict([way.group]) if way.group else None, "is_one_time": way.is_one_time, "links": way.addresses}
            for way in found
        ]
        session.print(as_json({**told(store, survey, people.get(number, 0)), "links": listed}))
        return
    for way in found:
        if way.group is not None:
            session.print(f"{way.group[1]}:")
        for address in way.addresses:
            session.print(address)
    if not survey_address(store.workspace.folder)[1]:
        session.warn(say("These links open on this computer only; the README says how phones reach it."))


def write_codes(store: Store, number: int, folder: Path) -> None:
    """A QR code for each address, as an SVG file."""
    folder.mkdir(parents=True, exist_ok=True)
    addresses = [address for way in ways(store, number) for address in way.addresses]
    for place, address in enumerate(addresses):
        (folder / f"survey-{number}-{place + 1}.svg").write_text(svg(address), encoding="utf-8")
