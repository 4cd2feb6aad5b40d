"""The pages of the door: signing in, choosing a password, the password of a link, and why a link opens nothing.

Invariant: the same answer for a wrong name and a wrong password; what was typed as a password never comes back.
"""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from data.access.people.passwords import LONGEST, SHORTEST
from kpi.language import Language
from pages._ui.escape import html
from pages._ui.markup import Html, joined, tag
from pages._ui.server.door.provider import Provider
from pages._ui.server.plain import page

WITH = "/with/"
"""What the address of signing in elsewhere begins with."""


def enter(words: Language, after: str, login: str = "", trouble: str = "", providers: Sequence[Provider] = ()) -> str:
    """Signing in; `after`: the address that was asked for; `providers`: where one may sign in instead."""
    fields = (
        field(words.t("E-mail or name"), "login", "text", login, "username", autofocus=not login),
        field(words.t("Password"), "password", "password", "", "current-password", autofocus=bool(login)),
        Html(f'<input type="hidden" name="next" value="{html(after)}">'),
    )
    also = tag("p", words.t("No account yet, or the password is lost? Ask the owner for a link."), css="also")
    ways = (_way(words, one, after) for one in providers)
    return _form(words.t("Sign in"), "", fields, words.t("Come in"), trouble, words, *ways, also)


def refusal(words: Language, code: str) -> str:
    """Why whoever signed in elsewhere was not let in; empty for a code that says nothing."""
    return {
        "silent": words.t("The service does not answer. Try again later, or use your password."),
        "failed": words.t("Signing in there did not work out. Try again, or use your password."),
        "unverified": words.t("The service has not confirmed your e-mail address. Confirm it there and try again."),
        "unknown": words.t("There is no account for this address. Ask the owner to add it."),
    }.get(code, "")


def welcome(words: Language, name: str | None, trouble: str = "", login: str = "", called: str = "") -> str:
    """Choosing a password; `name`: whose it is, None: the first owner's, who says what they are called."""
    own = (
        (
            field(words.t("E-mail or name to sign in with"), "login", "text", login, "username", autofocus=True),
            field(words.t("What are you called?"), "name", "text", called, "name"),
        )
        if name is None
        else ()
    )
    fields = (
        *own,
        field(words.t("New password"), "password", "password", "", "new-password", autofocus=name is not None),
        field(words.t("The same again"), "again", "password", "", "new-password"),
    )
    title = words.t("Welcome, {name}!", name=name) if name else words.t("Become the owner of this dashboard")
    lead = words.t("Choose a password of at least {n} characters. Several words in a row are a good one.", n=SHORTEST)
    return _form(title, lead, fields, words.t("Come in"), trouble, words)


def ask_password(words: Language, title: str, trouble: str = "") -> str:
    """The password of a link."""
    asked = field(words.t("Password of the link"), "password", "password", "", "off", autofocus=True)
    lead = words.t("Whoever gave you the link has told you its password.")
    return _form(title or words.t("Shared figures"), lead, (asked,), words.t("Open"), trouble, words)


def no_link(words: Language) -> str:
    """A link that opens nothing: the same whatever is wrong with it."""
    told = words.t("It was taken back, is over, or was copied in part. Ask for a new one.")
    return page.end(words.t("This link does not work"), told, words.t("KPI dashboard"), words, done=False)


def opens_link(words: Language, title: str) -> str:
    """What a messenger shows of a link, and a button for whoever follows it: a title, and no figure."""
    return _form(title or words.t("Shared figures"), "", (), words.t("Open"), "", words)


def _way(words: Language, provider: Provider, after: str) -> Html:
    """A link, for a form may lead nowhere else (form-action)."""
    address = f"{WITH}{quote(provider.id, safe='')}?{urlencode({'next': after})}"
    return tag("a", words.t("Sign in with {service}", service=provider.title), href=address, css="way")


def _form(
    title: str, lead: str, fields: tuple[Html, ...], button: str, trouble: str, words: Language, *also: Html
) -> str:
    parts = [
        tag("h1", title),
        *([tag("p", lead, css="lead")] if lead else []),
        *([tag("p", trouble, css="missing", role="alert")] if trouble else []),
        tag("form", *fields, tag("button", button, type="submit"), method="post"),
        *also,
    ]
    return page.whole(tag("div", joined(parts), css="door"), title, words)


def field(label: str, name: str, kind: str, value: str, fills: str, *, autofocus: bool = False) -> Html:
    """A field with its label; `fills`: what a browser may fill it with."""
    more = {"autofocus": "autofocus"} if autofocus else {}
    written = {"name": name, "type": kind, "value": value, "autocomplete": fills, "required": "required"} | more
    listed = " ".join(f'{key}="{html(text)}"' for key, text in written.items())
    return tag("label", label, Html(f'<input {listed} maxlength="{LONGEST}">'), css="field")
