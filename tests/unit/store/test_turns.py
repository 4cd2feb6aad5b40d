"""Whoever asks much at once waits for their own answers alone."""

import threading

import pytest

from data.errors import UserError
from data.store.turns import REMEMBERED, Turns


def test_one_person_s_questions_wait_for_one_another_and_nobody_else() -> None:
    turns, held, free = Turns(at_once=2, patience=0.05), threading.Event(), threading.Event()

    def hold() -> None:
        with turns.taken("anna"):
            held.set()
            free.wait(10)

    with turns.taken("anna"):
        thread = threading.Thread(target=hold)
        thread.start()
        assert held.wait(10)
        with pytest.raises(UserError, match="much at once"), turns.taken("anna"):
            pass
        with turns.taken("boris"):
            pass
        free.set()
        thread.join()
    with turns.taken("anna"), turns.taken("anna"):
        pass


def test_not_everybody_is_remembered_for_ever() -> None:
    turns = Turns()
    for n in range(REMEMBERED + 5):
        with turns.taken(n):
            pass
    assert len(turns._known) == REMEMBERED
