"""Fifty and more messages that no screen sends: of whoever sees a part, none shows or changes what is not theirs."""

from collections.abc import Iterator

import pytest

from tests.pages.canary import CANARY, FORBIDDEN
from tests.tight.forged import Forged, cases
from tests.tight.place import Place
from tests.tight.test_socket import entered, owned
from tests.tight.wire import ConnectionClosed, Wire, wire

pytestmark = pytest.mark.xdist_group("tight")
LEAST = 50
"""Cases for each of them."""
PRIVATE = (CANARY.encode(), b"person_add", b"share_make", b"git_info")
"""What an owner's pages hold."""
__all__ = ["owned"]


def tried(forger: Wire, case: Forged) -> Iterator[bytes]:
    """All that comes back, without the names that were sent; and what the next question of theirs is answered with."""
    for message in case.messages:
        data = message if isinstance(message, bytes | str) else message.SerializeToString()
        forger.socket.send(data)
        answer = forger.answer() if case.runs else b""
        for member in FORBIDDEN.values():
            if not isinstance(data, str) and member.encode() in data:
                answer = answer.replace(member.encode(), b"")
        yield answer
    yield forger.run()


@pytest.mark.parametrize("who", ["viewer", "guest"])
@pytest.mark.parametrize("all_", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_no_forged_message_does_anything(place: Place, owned: Wire, who: str, *, all_: bool) -> None:
    before, count = entered(place), 0
    with wire(place.app.url, place.session(who)) as known:
        known.run()
        suite = [case for case in cases(owned, known) if all_ or case.is_quick]
    for case in suite:
        with wire(place.app.url, place.session(who)) as forger:
            forger.run()
            for sent in tried(forger, case):
                for private in PRIVATE:
                    assert private not in sent, (case.name, private)
        count += 1
    assert entered(place) == before
    assert count >= (LEAST if all_ else 8)


def test_what_is_no_message_ends_the_connection(place: Place) -> None:
    for data in (b"\xff\xff\xff", b"\x5a\xff\xff"):
        with wire(place.app.url, place.session("viewer")) as forger:
            forger.run()
            forger.socket.send(data)
            with pytest.raises(ConnectionClosed):
                forger.run()
    with wire(place.app.url, place.session("viewer")) as forger:
        assert "Центр".encode() in forger.run()  # and nobody else notices
