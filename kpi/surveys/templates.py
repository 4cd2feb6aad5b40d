"""The surveys that can be made in two clicks: what they measure, their questions and scales.

Invariant: a kind has one scale, the one its KPI is defined on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.errors import UnknownName
from data.message import Message, Verbatim, say
from data.store.entries.surveys import Audience, Kind, Question
from kpi.surveys.questions import CES, CLIENT_PAINS, CSAT, ENPS, ITEMS, NPS, PULSE, STAFF_PAINS, Item

Render = Callable[[Message], str]
"""Says a message in somebody's language."""


@dataclass(frozen=True)
class Template:
    """One kind of survey for one audience."""

    kind: Kind
    """What it measures."""
    audience: Audience
    """Whom it asks."""
    title: Message
    """What it is called."""
    about: Message
    """What it tells and when to ask it."""
    items: tuple[Item, ...]
    """Its questions."""
    scale: tuple[int, int]
    """Lowest and highest answer."""
    ends: tuple[Message, Message]
    """What the lowest and the highest answer mean."""
    comment: Message
    """What a few words are asked about."""
    kpi: str | None
    """The KPI it feeds; None: none."""
    lead: Message | None = None
    """What stands above several questions."""
    is_open: bool = False
    """The owner may ask other questions."""


_REASON = say("What is the main reason for your answer?")
TEMPLATES = (
    Template(
        "enps", "staff", say("Would they recommend working here (eNPS)"),
        say("One question to the team. Ask once a quarter: what matters is where the number goes."),
        ENPS, (0, 10), (say("surely not"), say("surely")), _REASON, "enps",
    ),
    Template(
        "pulse", "staff", say("Pulse of the team"),
        say("A few short statements of your own, every week or month."),
        PULSE, (1, 5), (say("not so at all"), say("exactly so")),
        say("What should be changed first?"), "engagement", say("How far is it so?"), is_open=True,
    ),
    Template(
        "pain", "staff", say("What hinders the team"),
        say("Ten things that make work harder, from the worst to the least. Ask twice a year."),
        STAFF_PAINS, (0, 3), (say("does not hinder"), say("hinders a lot")),
        say("What else hinders, and how could it be better?"), None, say("How much does it hinder your work?"),
    ),
    Template(
        "nps", "client", say("Would clients recommend you (NPS)"),
        say("One question to clients, some days after the visit."),
        NPS, (0, 10), (say("surely not"), say("surely")), _REASON, "nps",
    ),
    Template(
        "csat", "client", say("Are clients satisfied (CSAT)"),
        say("One question right after the visit: a QR code at the desk or a link in a message."),
        CSAT, (1, 5), (say("not at all"), say("completely")), say("What could have been better?"), "csat",
    ),
    Template(
        "ces", "client", say("Is it easy for clients (CES)"),
        say("How much effort it took to book, to come and to pay."),
        CES, (1, 7), (say("very hard"), say("very easy")), say("What was the hardest part?"), "ces",
    ),
    Template(
        "pain", "client", say("What bothers clients"),
        say("Ten steps of a client's way: where it is inconvenient and how much."),
        CLIENT_PAINS, (0, 3), (say("no trouble"), say("a lot of trouble")),
        say("What else was inconvenient?"), None, say("How much trouble was it for you?"),
    ),
)  # fmt: skip
"""In the order they are offered."""

_MORE = (say("a little"), say("noticeably"), say("a lot"))
HINDERS = {"staff": (say("does not hinder"), *_MORE), "client": (say("no trouble"), *_MORE)}
"""What the answers to an audit of pain points mean, from 0 to 3."""


def template(kind: str, audience: str | None = None) -> Template:
    """The template of a kind; the first where it is for several. `UnknownName` if there is none."""
    for one in TEMPLATES:
        if one.kind == kind and audience in (None, one.audience):
            return one
    known = tuple(f"{one.kind} ({one.audience})" for one in TEMPLATES)
    raise UnknownName(say("There is no such survey: {kind}.", kind=kind), hint=say("There are: {names}.", names=known))


def questions_of(of: Template, render: Render, own: Sequence[str] = ()) -> tuple[Question, ...]:
    """The questions of a new survey in the owner's language; `own`: other words, where the template is open.

    A suggestion that is asked as it stands keeps its code, and so its other language.
    """
    low, high = of.scale
    known = {render(item.text): item.code for item in of.items}
    texts = [" ".join(text.split()) for text in own if text.strip()] if of.is_open and own else list(known)
    return tuple(Question(known.get(text), text, low, high) for text in texts)


def asked(question: Question) -> Message:
    """The question as it is put: a built-in one in any language, the owner's own as it stands."""
    item = ITEMS.get(question.code or "")
    return item.text if item else Message("{question}", {"question": Verbatim(question.text)})


def words_of(of: Template) -> tuple[Message, ...]:
    """What each answer of the scale means; none where only its ends are named."""
    return HINDERS[of.audience] if of.kind == "pain" else ()
