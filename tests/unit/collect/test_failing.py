"""What fails, waits or is cut off says so, holds up nobody, and goes on where it was."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from data.collect.due import collect_due, due, remove
from data.collect.model import Arrived, Asked, Found, Later, Limits, Noted, Reached, Trouble
from data.collect.running import run
from data.errors import NotAllowed
from data.message import say
from data.store.entries.collect import Connection, NewConnection
from data.store.store import Store
from tests.unit.collect.source import Clock, Source, csv, done, revenues


def test_a_failing_source_says_since_when_and_is_tried_less_and_less(
    store: Store, source: Source, connection: Connection, clock: Clock
) -> None:
    source.fails(Trouble(say("The server is silent.")))
    began, pauses = clock.now, []
    for _ in range(7):
        assert due(store, clock.now) == (connection,)
        (made,) = collect_due(store, clock.now)
        assert (made.ended.outcome, str(made.ended.trouble)) == ("failed", "The server is silent.")
        assert due(store, clock.now) == ()
        next_at = store.entries.standings.of(connection.id).next_at
        assert next_at is not None
        pauses.append((next_at - clock.now).total_seconds() / 60)
        clock.now = next_at
    assert pauses == [15, 15, 20, 40, 80, 1440, 1440]
    standing = store.entries.standings.of(connection.id)
    assert (standing.failures, standing.failing_since, standing.is_stopped) == (7, began, True)
    source.brings()
    collect_due(store, clock.now)
    standing = store.entries.standings.of(connection.id)
    assert (standing.failures, standing.failing_since, standing.trouble) == (0, None, None)


def test_a_wrong_password_is_not_tried_often_and_another_one_at_once(
    store: Store, source: Source, connection: Connection, clock: Clock
) -> None:
    source.fails(Trouble(say("The password is wrong."), is_lasting=True))
    pauses = []
    for _ in range(4):
        collect_due(store, clock.now)
        next_at = store.entries.standings.of(connection.id).next_at
        assert next_at is not None
        pauses.append((next_at - clock.now).total_seconds() / 3600)
        clock.now = next_at
    assert pauses == [1, 2, 24, 24]
    clock.now -= timedelta(hours=20)
    assert due(store, clock.now) == ()
    store.entries.connections.change(connection.id, NewConnection("Заказы", "test", {}, "15m"))
    assert [one.id for one in due(store, clock.now)] == [connection.id]


def test_the_other_side_may_say_when(store: Store, source: Source, connection: Connection, clock: Clock) -> None:
    source.fails(Trouble(say("Too often."), retry_at=clock.now + timedelta(hours=3)))
    collect_due(store, clock.now)
    assert store.entries.standings.of(connection.id).next_at == clock.now + timedelta(hours=3)


def test_one_that_fails_keeps_nothing_of_another_and_what_came_before_the_failure_counts(
    store: Store, source: Source, connection: Connection, clock: Clock
) -> None:
    def half(asked: Asked) -> Iterator[Found]:
        yield csv("1,2026-10-01,done,10")
        yield Reached({"page": 1})
        raise RuntimeError("canary-in-a-message")

    source.yields = half
    other = store.entries.connections.add(NewConnection("Вторая", "test", {}, "1h"))
    runs = collect_due(store, clock.now)
    assert [(one.connection, one.ended.outcome, one.ended.files) for one in runs] == [
        (connection.id, "failed", 1), (other.id, "failed", 1),
    ]  # fmt: skip
    assert "canary" not in str(runs[0].ended.trouble)
    assert store.entries.standings.of(connection.id).state == {"page": 1}
    assert revenues(store) == [("1", 10.0)]


def test_more_than_one_run_may_take_goes_on_then(
    store: Store, source: Source, connection: Connection, clock: Clock
) -> None:
    source.brings(Reached({"page": 1}), Noted(say("One right is missing.")), Later(clock.now + timedelta(minutes=2)))
    made = done(store, connection)
    assert (made.ended.outcome, [str(note) for note in made.ended.notes]) == ("nothing", ["One right is missing."])
    assert made.ended.next_at == clock.now + timedelta(minutes=2)
    source.yields = lambda _asked: iter(Reached({"page": n}) for n in range(1000))
    slow = run(store, connection, Limits(seconds=-1))
    assert slow is not None
    assert slow.ended.next_at == clock.now + timedelta(minutes=1)
    assert store.entries.standings.of(connection.id).state == {"page": 0}


def test_one_run_at_a_time(store: Store, source: Source, connection: Connection) -> None:
    met: list[object] = []

    def within(asked: Asked) -> Iterator[Found]:
        met.append(run(store, connection))
        met.append(due(store, store.clock()))
        yield from ()

    source.yields = within
    done(store, connection)
    assert met == [None, ()]


def test_a_run_that_was_cut_off_is_told_and_holds_nobody_up(
    store: Store, source: Source, connection: Connection, tmp_path: Path, clock: Clock
) -> None:
    def cut(asked: Asked) -> Iterator[Found]:
        yield csv("1,2026-10-01,done,10")
        raise KeyboardInterrupt

    source.yields = cut
    with pytest.raises(KeyboardInterrupt):
        run(store, connection)
    store.entries.standings.begin(connection.id, clock.now)
    store.close()
    with Store.open(tmp_path / "workspace", clock) as opened:
        source.brings(csv("1,2026-10-01,done,10"))
        assert done(opened, connection).ended.outcome == "nothing"
        assert [one.ended.outcome for one in opened.entries.runs.latest()] == ["nothing", "cut"]
        assert revenues(opened) == [("1", 10.0)]


def test_paused_and_removed_ones_are_not_asked_and_secrets_go(
    store: Store, source: Source, connection: Connection, clock: Clock
) -> None:
    source.brings(Arrived("odd.csv", b"aa,bb\n1,2\n", "odd"))
    done(store, connection)
    store.entries.secrets.put(connection.secret_name("key"), "canary")
    clock.now += timedelta(days=1)
    store.entries.connections.pause(connection.id, is_paused=True)
    assert due(store, clock.now) == ()
    store.entries.connections.pause(connection.id, is_paused=False)
    assert len(due(store, clock.now)) == 1
    remove(store, connection)
    assert (store.entries.connections.all(), store.entries.secrets.known()) == ((), ())
    assert not list((store.workspace.folder / "collected").rglob("*.csv"))


def test_a_secret_reaches_the_kind_and_one_without_its_key_is_told(
    store: Store, source: Source, connection: Connection
) -> None:
    seen: list[str] = []

    def look(asked: Asked) -> Iterator[Found]:
        seen.append(asked.secret("key"))
        yield from ()

    source.yields = look
    done(store, connection)
    store.entries.secrets.put(connection.secret_name("key"), "value")
    done(store, connection)
    assert seen == ["", "value"]
    (store.workspace.folder / "secrets.key").unlink()
    assert "Enter it again" in str(done(store, connection).ended.trouble)


def test_only_owners_connect_anything(store: Store, source: Source, connection: Connection) -> None:
    store.gate.kept_by(lambda *_asked: False)
    for deed in (
        lambda: store.entries.connections.add(NewConnection("x", "test", {}, "1h")),
        lambda: store.entries.connections.pause(connection.id, is_paused=True),
        lambda: store.entries.connections.remove(connection.id),
        lambda: store.entries.connections.change(connection.id, NewConnection("x", "test", {}, "1h")),
        lambda: store.entries.standings.forget(connection.id),
    ):
        with pytest.raises(NotAllowed):
            deed()
    source.brings(csv("1,2026-10-01,done,10"))
    assert done(store, connection).ended.outcome == "came"  # the clock is nobody, and may
