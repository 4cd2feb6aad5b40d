"""Whatever is sent over the websocket, nobody gets or changes more than is theirs."""

import random
import sqlite3

import pytest

from tests.pages.canary import CANARY
from tests.tight.place import NOW, Place
from tests.tight.wire import ConnectionClosed, InvalidStatus, Wire, wire

pytestmark = pytest.mark.xdist_group("tight")
KEPT = {"app.sqlite": ("kpi_views", "entries_version"), "people.sqlite": ("sessions", "deeds", "entries_version")}
"""Tables in which being there leaves a line."""


def entered(place: Place) -> dict[str, list[tuple[object, ...]]]:
    """All that people entered, as it is in the files."""
    found = {}
    for file, left_out in KEPT.items():
        connection = sqlite3.connect(place.app.workspace / file)
        names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        for name in sorted({*names} - {*left_out}):
            if not name.startswith("sqlite_"):
                found[f"{file} {name}"] = connection.execute(f"select * from {name} order by 1").fetchall()
        connection.close()
    return found


@pytest.fixture(scope="module")
def owned(place: Place) -> Wire:
    """What an owner's browser learned: the pages, and the widgets on them."""
    with wire(place.app.url, place.owner) as known:
        known.run()
        for page in list(known.pages):
            known.run(page=known.pages[page])
        known.run(page=known.pages["access"], query="tab=people")
        assert {"share_make", "person_add", "people_ranking"} <= {*known.widgets}
        assert len(known.pages) >= 17
        return known


def test_the_canary_is_there_for_the_owner(place: Place) -> None:
    with wire(place.app.url, place.owner) as known:
        known.run()
        assert CANARY.encode() in known.run(page=known.pages["people"])


@pytest.mark.parametrize("who", ["viewer", "guest"])
def test_no_page_of_others_by_its_hash_or_name(place: Place, owned: Wire, who: str) -> None:
    with wire(place.app.url, getattr(place, who)) as forger:
        first = forger.run()
        assert CANARY.encode() not in first
        assert not {"data", "access", "targets", "audit", "surveys"} & {*forger.pages}
        for name, number in owned.pages.items():
            for sent in (
                forger.run(page=number),
                forger.run(name=name),
                forger.run(page=number, query="as=1&tab=people"),
            ):
                assert CANARY.encode() not in sent, name
                assert b"person_add" not in sent, name


@pytest.mark.parametrize("who", ["guest", pytest.param("viewer", marks=pytest.mark.slow)])
def test_no_widget_of_others_does_anything(place: Place, owned: Wire, who: str) -> None:
    before, chance = entered(place), random.Random(who)
    with wire(place.app.url, getattr(place, who)) as forger:
        forger.run()
        for key, number in owned.widgets.items():
            sent = forger.run(widgets={number: chance.choice((True, "x", ("x",), 1.0))})
            assert CANARY.encode() not in sent, key
        pressed = dict.fromkeys(owned.widgets.values(), True)
        for page in owned.pages.values():
            assert CANARY.encode() not in forger.run(page=page, widgets=pressed)
    assert entered(place) == before


def test_what_is_forged_would_work_for_an_owner(place: Place, owned: Wire) -> None:
    """Or the test above would prove nothing."""
    before = entered(place)
    with wire(place.app.url, place.owner) as known:
        known.run(page=owned.pages["access"])
        known.run(widgets={owned.widgets["share_make"]: True})
    after = entered(place)
    assert {name for name in after if after[name] != before[name]} == {"app.sqlite links"}


def test_an_owner_s_session_cannot_be_taken_over(place: Place, owned: Wire) -> None:
    with wire(place.app.url, place.owner) as known:
        known.run(page=owned.pages["people"])
        session = known.session
    assert session
    with wire(place.app.url, place.viewer, session) as thief:
        for page in ("people", "access", "data"):
            assert CANARY.encode() not in thief.run(page=owned.pages[page])
    for headers in ({}, {"x-kpi-alone": "1"}, {"X-Forwarded-For": "127.0.0.1"}):
        with pytest.raises((InvalidStatus, ConnectionClosed)), wire(place.app.url, "", session, **headers) as nobody:
            nobody.run()


@pytest.mark.parametrize("cookie", ["", "kpi_session=guessed", "kpi_session=", "kpi_link=x", "kpi_business=x"])
def test_nobody_gets_a_socket(place: Place, cookie: str) -> None:
    with pytest.raises((InvalidStatus, ConnectionClosed)), wire(place.app.url, cookie) as nobody:
        nobody.run()


def test_another_site_gets_no_socket(place: Place) -> None:
    with (
        pytest.raises((InvalidStatus, ConnectionClosed)),
        wire(place.app.url, place.owner, Origin="https://evil.example") as site,
    ):
        site.run()


def test_who_was_shown_out_gets_nothing_by_the_next_message(place: Place) -> None:
    with wire(place.app.url, place.guest) as guest:
        assert "Центр".encode() in guest.run()
        connection = sqlite3.connect(place.app.workspace / "app.sqlite", isolation_level=None)
        connection.execute("update links set revoked_at = ? where id = ?", (NOW, place.link))
        with pytest.raises(ConnectionClosed):
            guest.run()
        connection.execute("update links set revoked_at = null where id = ?", (place.link,))
        connection.close()
