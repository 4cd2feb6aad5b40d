"""Settings come out checked and typed; what is wrong is told by its name on the form."""

import pytest

from data.collect.kinds import KINDS, kind_named
from data.collect.model import Asked, Found, Kind, Setting
from data.collect.settings import secrets_of, settled
from data.errors import UnknownName, UserError
from data.message import say


def nothing(_asked: Asked) -> list[Found]:
    return []


KIND = Kind(
    "test", say("Test"), say("A test."),
    (
        Setting("host", say("Server"), say("…")),
        Setting("port", say("Port"), say("…"), "number", 993, least=1, most=65535),
        Setting("seen", say("Mark as read"), say("…"), "yes", False),
        Setting("how", say("How"), say("…"), "choice", "a", choices={"a": say("A"), "b": say("B")}),
        Setting("password", say("Password"), say("…"), "secret"),
    ),
    lambda asked: iter(nothing(asked)),
)  # fmt: skip


def test_defaults_and_types() -> None:
    assert settled(KIND, {"host": " mail.example.org "}) == {
        "host": "mail.example.org", "port": 993, "seen": False, "how": "a",
    }  # fmt: skip
    assert settled(KIND, {"host": "h", "port": "143", "seen": "да", "how": "b"}) == {
        "host": "h", "port": 143, "seen": True, "how": "b",
    }  # fmt: skip
    assert [one.name for one in secrets_of(KIND)] == ["password"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "«Server» is not filled in"),
        ({"host": "h", "port": "x"}, "«Port» is not a number"),
        ({"host": "h", "port": 0}, "between 1 and 65535"),
        ({"host": "h", "seen": "maybe"}, "yes or no"),
        ({"host": "h", "how": "c"}, "one of: a, b"),
        ({"host": "h\x00"}, "signs that cannot be seen"),
        ({"host": "h", "prot": 1}, "Did you mean port?"),
        ({"host": "h", "password": "canary"}, "no setting «password»"),
    ],
)
def test_what_is_wrong_is_told(given: dict[str, object], told: str) -> None:
    with pytest.raises(UserError, match=told.replace("?", r"\?")) as error:
        settled(KIND, given)
    assert "canary" not in str(error.value)


def test_every_kind_is_told_in_words_and_has_settings_of_its_own_names() -> None:
    for code, kind in KINDS.items():
        assert code == kind.name == kind_named(code).name
        names = [setting.name for setting in kind.settings]
        assert len({*names}) == len(names)
        assert all(str(setting.title) and str(setting.help) for setting in kind.settings)
    with pytest.raises(UnknownName, match="folder"):
        kind_named("foldr")
