"""Files are taken from owners alone: of anybody else's not one byte is kept."""

import re
import time

import httpx
import pytest

from tests.tight.place import Place
from tests.tight.wire import wire

pytestmark = pytest.mark.xdist_group("tight")
FILE = b"x" * (5 << 20)
HOW_MANY = 3
"""Files of five megabytes that each tries to leave."""


def kept(place: Place) -> int:
    """Bytes of uploaded files that the server holds, as it tells owners."""
    with place.browser(place.owner, accept="*/*") as browser:
        told = browser.get("/_stcore/metrics").text
    return sum(int(size) for size in re.findall(r'cache_type="[^"]*[uU]pload[^"]*"[^}]*\} (\d+)', told))


def put(place: Place, cookie: str, session: str, number: int, **headers: str) -> httpx.Response:
    """A file, sent as Streamlit's page sends it."""
    with place.browser(accept="*/*", origin=place.app.url, **headers) as browser:
        token = browser.get("/_stcore/health", headers={"cookie": cookie}).cookies["_streamlit_xsrf"]
        told = {"cookie": f"{cookie}; _streamlit_xsrf={token}", "x-xsrftoken": token}
        where = f"/_stcore/upload_file/{session}/{number}"
        return browser.put(where, files={"file": ("orders.csv", FILE)}, headers=told)


def test_of_an_owner_alone_files_are_kept(place: Place) -> None:
    for who, status in (("viewer", 403), ("guest", 403), ("nobody", 401)):
        cookie = "" if who == "nobody" else place.session(who)
        with wire(place.app.url, cookie or place.owner) as socket:  # whoever is unknown has found out an owner's
            socket.run()
            told = {put(place, cookie, socket.session, number).status_code for number in range(HOW_MANY)}
        assert told == {status}, who
    cookie = place.session("owner")
    with wire(place.app.url, cookie) as socket:
        socket.run()
        assert put(place, cookie, socket.session, 1).status_code == 204  # or the above would prove nothing
        with place.browser(cookie, accept="*/*", origin="https://evil.example") as browser:
            assert browser.put(f"/_stcore/upload_file/{socket.session}/2", content=b"x").status_code == 403
        until = time.monotonic() + 60
        while (size := kept(place)) == 0 and time.monotonic() < until:  # it counts once in some seconds
            time.sleep(0.5)
    assert len(FILE) <= size < len(FILE) + 4096
