"""Which sign-in services secrets.toml tells, how they are called, and what is said of those it tells in part."""

import pytest

from pages._ui.server.door.provider import Provider, providers, troubles
from tests.unit.server.services import COMPLETE, configure

GOOGLE = Provider("google", "Google")


def test_a_service_is_called_by_its_section_or_its_title(monkeypatch: pytest.MonkeyPatch) -> None:
    more = COMPLETE.partition("[auth.google]")[2]
    configure(monkeypatch, f'{COMPLETE}\n[auth.sso]\ntitle = "Ромашка"{more}')
    assert (providers(), troubles()) == ((GOOGLE, Provider("sso", "Ромашка")), ())


@pytest.mark.parametrize(("title", "called"), [("", "accounts.google.com"), ('title = "Ромашка"', "Ромашка")])
def test_a_service_without_a_section_of_its_own(monkeypatch: pytest.MonkeyPatch, title: str, called: str) -> None:
    text = COMPLETE.replace("[auth.google]", title) + '[auth.client_kwargs]\nprompt = "login"\n'
    configure(monkeypatch, text)
    assert (providers(), troubles()) == ((Provider("default", called),), ())


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('client_secret = "secret"', "", "client_secret"),
        ("cookie_secret", "cookie", "cookie_secret"),
        ("redirect_uri", "uri", "redirect_uri"),
        ("/oauth2callback", "/", "has to end with /oauth2callback"),
        ("[auth.google]", "[auth.goo_gle]", "underscore"),
        ("[auth]", "[other]", "redirect_uri"),
    ],
)
def test_what_is_told_in_part_is_said_and_not_offered(
    monkeypatch: pytest.MonkeyPatch, old: str, new: str, says: str
) -> None:
    configure(monkeypatch, COMPLETE.replace(old, new))
    assert providers() == ()
    (trouble,) = troubles()
    assert says in trouble


@pytest.mark.parametrize(("text", "said"), [("", 0), ("[auth]", 0), ("[other]\nx = 1", 0), ('auth = "yes"', 1)])
def test_nothing_is_told(monkeypatch: pytest.MonkeyPatch, text: str, said: int) -> None:
    configure(monkeypatch, text)
    assert (providers(), len(troubles())) == ((), said)
