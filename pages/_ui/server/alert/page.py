"""The link's pages as HTML.

Invariant: nothing is shown but what the message said; every word of a person is escaped.
"""

from collections.abc import Mapping

from data.store.entries.alerts.model import State
from kpi.alerts.model import Said
from kpi.alerts.written import Line, Lines
from kpi.language import Language
from pages._ui.markup import Html, joined, tag
from pages._ui.server.plain import page as plain


def ask(told: Lines, states: Mapping[int, State], words: Language) -> str:
    """What the message said, with a choice of what is known. `states`: number of an alert → how it stands."""
    t = words.t
    choices = [_choice(line, said, states.get(line.alert, "over"), words) for line, said in told.told(words)]
    is_left = any(states.get(line.alert) == "open" for line in told.shown)
    button = [tag("button", t("I know of it"), type="submit")] if is_left else []
    rest = [tag("p", told.rest(words), " ", t("You find it on the page of alerts."), css="lead")] if told.more else []
    lead = t("Say that you know of it, and nobody is reminded any more — until it gets worse.")
    parts = [
        tag("h1", words.tn("{n} alert", "{n} alerts", len(told.shown) + told.more)), tag("p", lead, css="lead"),
        tag("form", *choices, *rest, *button, method="post"),
    ]  # fmt: skip
    return plain.whole(joined(parts), t("Alerts"), words)


def thanks(words: Language) -> str:
    """After it was acknowledged."""
    told = words.t("Nobody is reminded of it any more, unless it gets worse.")
    return plain.end(words.t("Thank you!"), told, words.t("Alerts"), words, done=True)


def unknown(words: Language) -> str:
    """A token that leads nowhere: the same whatever is wrong with it."""
    told = words.t("What it told is over, or the link is too old. What is open now stands in the dashboard.")
    return plain.end(words.t("This link does not work any more"), told, words.t("Alerts"), words, done=False)


def busy(words: Language) -> str:
    """Too many at once."""
    told = words.t("Wait a moment and open it again.")
    return plain.end(words.t("Too many at once"), told, words.t("Alerts"), words, done=False)


def _choice(line: Line, said: Said, state: State, words: Language) -> Html:
    t, mark = words.t, line.mark(words)
    title = tag("b", f"{said.title} — {mark}" if mark else said.title)
    noted = {"open": "", "acknowledged": t("somebody knows of it already"), "over": t("over by now")}[state]
    why = t("Why: {why}", why=said.why) if said.why else ""
    advice = t("What to do: {advice}", advice=said.advice) if said.advice else ""
    texts = [tag("span", text, css="line") for text in (said.text, why, advice) if text]
    box = Html(f'<input type="checkbox" name="alert{line.alert}" checked>') if state == "open" else Html()
    return tag("label", box, tag("span", title, *([tag("small", noted)] if noted else []), *texts), css="alert")
