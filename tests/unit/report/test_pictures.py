"""The renderer: whatever a picture does to it, the app goes on."""

import os
import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from kpi.report.pictures.renderer import PictureFailed, Renderer, printable

SPEC: dict[str, Any] = {
    "data": {"values": [{"a": 1, "b": "x"}]}, "mark": "text", "width": 100, "height": 40,
    "encoding": {"x": {"field": "a", "type": "quantitative"}, "text": {"field": "b"}},
}  # fmt: skip


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    made = Renderer()
    yield made
    made.close()


def named(text: str) -> dict[str, Any]:
    return {**SPEC, "title": {"text": [text], "limit": 60}}


def test_all_kinds(renderer: Renderer) -> None:
    assert renderer.ask("svg", SPEC).startswith(b"<svg")
    assert renderer.ask("png", SPEC, 2.0).startswith(b"\x89PNG")
    assert renderer.ask("pdf", SPEC).startswith(b"%PDF")


def test_letters_that_abort_it_are_left_out(renderer: Renderer) -> None:
    for text in ("a\x00\x1b[31m\ud800\uffff", "🎉" * 60, "‮עברית" * 20):
        assert renderer.ask("png", named(text)).startswith(b"\x89PNG"), ascii(text)


def test_what_cannot_be_drawn_fails_and_the_next_is_drawn(renderer: Renderer) -> None:
    with pytest.raises(PictureFailed):
        renderer.ask("svg", {"mark": 5})
    assert renderer.ask("svg", SPEC).startswith(b"<svg")


def test_a_killed_child_is_replaced(renderer: Renderer) -> None:
    renderer.ask("svg", SPEC)
    child = renderer._child
    assert child is not None
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert renderer.ask("svg", SPEC).startswith(b"<svg")


def test_it_waits_no_longer_than_it_may() -> None:
    impatient = Renderer(seconds=0.05)
    with pytest.raises(PictureFailed):
        impatient.ask("svg", SPEC)
    impatient.close()


def test_many_at_once_get_their_own(renderer: Renderer) -> None:
    found: dict[int, bytes] = {}

    def ask(number: int) -> None:
        found[number] = renderer.ask("svg", {**SPEC, "data": {"values": [{"a": 1, "b": f"n{number}"}]}})

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(f">n{number}<".encode() in found[number] for number in range(8))


def test_it_opens_no_address(renderer: Renderer) -> None:
    with pytest.raises(PictureFailed):
        renderer.ask("svg", {**SPEC, "data": {"url": "http://127.0.0.1:9/x.json"}})


def test_printable_leaves_everything_else() -> None:
    spec = {"a": ["x\x01y", 1, None, True, {"б": "ё\n"}]}
    assert printable(spec) == {"a": ["xy", 1, None, True, {"б": "ё\n"}]}
