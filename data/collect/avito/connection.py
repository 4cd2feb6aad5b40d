"""A run, and a trial of the keys.

Invariant: what is tried is what is fetched: every part that was chosen asks one small question, and each answer or
refusal is a sentence of its own.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from data.collect.api.asking import Asking, opened
from data.collect.api.failures import NoRight, NotInTariff, NotThere, Wait
from data.collect.api.pace import Pace
from data.collect.api.parts import Part, Progress, run
from data.collect.avito import account as known
from data.collect.avito import calls, hiring, reviews, statistics
from data.collect.avito.account import Account
from data.collect.avito.client import ADDRESS, SERVICE, Avito
from data.collect.avito.periods import DAY, Period
from data.collect.model import Asked, Found
from data.message import Message, say

VARIABLE = "KPI_AVITO_API"
"""Setting: another address of the API, for tests."""
_CALLS = {"counts": calls.COUNTED, "target": calls.TARGET, "tracked": calls.TRACKED}


def fetch(asked: Asked) -> Iterator[Found]:
    """Everything that was chosen and is due."""
    progress = _progress(asked)
    with _account(asked, progress) as account:
        yield from run(asked, SERVICE, progress, _parts(asked, account))


def prove(asked: Asked) -> tuple[Message, ...]:
    """Whose account it is, and for each part whether it may be fetched. `Trouble`: the keys are not accepted."""
    progress = _progress(asked)
    with _account(asked, progress, named=False) as account:
        profile = known.profile(account.avito)
        said = [say("The keys are accepted: profile «{name}», number {number}.",
                    name=profile.said("name") or "", number=profile.text("id"))]  # fmt: skip
        return (*said, *(_tried(part, ask) for part, ask in _questions(asked, account, progress)))


def _tried(part: Message, ask: Callable[[], Message | None]) -> Message:
    try:
        found = ask()
    except Wait as wait:
        return say("✓ {part}: asked a moment ago; it may be asked again at {time}.", part=part,
                   time=f"{wait.at:%H:%M}")  # fmt: skip
    except NotInTariff:
        return say("✗ {part}: not part of the account's tariff.", part=part)
    except (NoRight, NotThere):
        return say("✗ {part}: these keys have no right to it.", part=part)
    return say("✓ {part}: {found}", part=part, found=found) if found is not None else say("✓ {part}", part=part)


def _questions(
    asked: Asked, account: Account, progress: Progress
) -> Iterator[tuple[Message, Callable[[], Message | None]]]:
    """One small question for each part that was chosen; it answers what was found, where that is worth a word."""
    yesterday = Period(progress.today - DAY, progress.today - DAY)
    if asked.settings["statistics"]:
        yield statistics.STATISTICS, partial(statistics.tried, account, yesterday)
    if (source := str(asked.settings["calls"])) in _CALLS:
        yield _CALLS[source], partial(calls.tried, account, progress, source, yesterday)
    if asked.settings["reviews"]:
        yield reviews.REVIEWS, partial(reviews.tried, account)
    if asked.settings["hiring"]:
        yield hiring.APPLICATIONS, partial(hiring.tried, account, yesterday.first)


def _parts(asked: Asked, account: Account) -> tuple[Part, ...]:
    source = str(asked.settings["calls"])
    parts = (
        ("statistics", statistics.STATISTICS, statistics.statistics),
        ("reviews", reviews.REVIEWS, reviews.reviews),
        ("hiring", hiring.APPLICATIONS, hiring.hiring),
    )
    chosen = [
        Part(name, what, partial(steps, account), is_rare=name == "statistics")
        for name, what, steps in parts if asked.settings[name]
    ]  # fmt: skip
    if source in _CALLS:
        steps = partial(calls.calls, account, source=source)
        chosen.append(Part("calls", _CALLS[source], steps, is_rare=source == "target"))
    return tuple(chosen)


def _progress(asked: Asked) -> Progress:
    return Progress({**asked.state}, Pace.of(asked), asked.now.date(), asked.is_trial)


@contextmanager
def _account(asked: Asked, progress: Progress, *, named: bool = True) -> Iterator[Account]:
    """The account, its number looked up once where nobody entered it."""
    settings = asked.settings
    with opened(os.environ.get(VARIABLE, ADDRESS)) as http:
        avito = Avito(Asking(SERVICE, http, progress.pace), str(settings["client_id"]), asked.secret("client_secret"))
        number = str(settings["profile"]) or progress.of("profile").get("number")
        if number is None or not named:
            number = str(settings["profile"]) or known.profile(avito).text("id")
            progress.of("profile")["number"] = number
        yield Account(avito, number, asked.zone, int(settings["history"]))
