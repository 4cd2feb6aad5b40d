"""What is asked ahead: only the newest view's questions, never while a page runs, and no error of theirs is seen."""

import threading
import time

from pages._ui import ahead
from pages._ui.ahead import Ahead


def done(event: threading.Event) -> bool:
    return event.wait(5)


def test_the_newest_view_is_asked_ahead_and_an_older_one_forgotten() -> None:
    asked, over, worker = list[str](), threading.Event(), Ahead()
    worker.ask([lambda: asked.append("old"), lambda: asked.append("old too")])
    worker.ask([lambda: asked.append("new"), over.set])
    assert done(over)
    assert asked == ["new"]


def test_it_waits_while_a_page_runs() -> None:
    asked, worker = threading.Event(), Ahead()
    with worker.page():
        worker.ask([asked.set])
        time.sleep(ahead.SETTLED + 5 * ahead.PAUSE)
        assert not asked.is_set()
    assert done(asked)


def test_an_error_ends_quietly() -> None:
    over, worker = threading.Event(), Ahead()

    def fails() -> None:
        raise ValueError("no")

    worker.ask([fails, lambda: None])
    worker.ask([over.set])
    assert done(over)
