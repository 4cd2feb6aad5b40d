"""A run over the branches, and a trial of the tokens.

Invariant: what is tried is what is fetched: every part that was chosen asks one small question of each branch, and each
answer or refusal is a sentence of its own.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice

from data.collect.api.asking import Asking, opened
from data.collect.api.failures import NoRight, NotInTariff, NotThere
from data.collect.api.pace import Pace
from data.collect.api.parts import Part, Progress, run
from data.collect.model import Asked, Found
from data.collect.yclients import branch as known
from data.collect.yclients import expenses, reviews, team, visits
from data.collect.yclients.branch import Branch, numbers_of, of_branch
from data.collect.yclients.client import ADDRESSES, NAMES, Yclients
from data.message import Message, say

VARIABLE = "KPI_YCLIENTS_API"
"""Setting: another address of the API, for tests."""
_PARTS = {
    "visits": (visits.VISITS, visits.visits), "hours": (team.HOURS, team.hours), "staff": (known.STAFF, team.staff),
    "reviews": (reviews.REVIEWS, reviews.reviews), "expenses": (expenses.EXPENSES, expenses.expenses),
}  # fmt: skip


def fetch(asked: Asked) -> Iterator[Found]:
    """Everything that was chosen and is due, of each branch."""
    progress = _progress(asked)
    with _opened(asked, progress) as yclients:
        branches = _branches(asked, yclients, progress)
        parts = tuple(
            Part(f"{name}.{branch.number}", of_branch(what, branch), partial(steps, branch))
            for branch in branches for name, (what, steps) in _PARTS.items() if asked.settings[name]
        )  # fmt: skip
        yield from run(asked, yclients.service, progress, parts)


def prove(asked: Asked) -> tuple[Message, ...]:
    """Each branch by its name, and for each part whether it may be fetched. `Trouble`: the tokens are not accepted."""
    progress, said = _progress(asked), list[Message]()
    with _opened(asked, progress) as yclients:
        for branch in _branches(asked, yclients, progress):
            said.append(say("The tokens are accepted: branch «{name}».", name=branch.title))
            said += [_tried(part, ask) for part, ask in _questions(asked, branch, progress)]
    return tuple(said)


def _tried(part: Message, ask: Callable[[], object]) -> Message:
    try:
        ask()
    except NotInTariff:
        return say("✗ {part}: not part of the account's tariff.", part=part)
    except (NoRight, NotThere):
        return say("✗ {part}: these keys have no right to it.", part=part)
    return say("✓ {part}", part=part)


def _questions(asked: Asked, branch: Branch, progress: Progress) -> Iterator[tuple[Message, Callable[[], object]]]:
    """One small question for each part that was chosen."""
    day = progress.today
    asks: dict[str, Callable[[], object]] = {
        "visits": lambda: _first(visits.asked(branch, {"start_date": f"{day}", "end_date": f"{day}"})),
        "hours": lambda: [team.asked(branch, one, day, day) for one in known.staff(branch, progress)[:1]],
        "staff": lambda: known.staff(branch, progress),
        "reviews": lambda: _first(reviews.asked(branch, day, day)),
        "expenses": lambda: _first(expenses.asked(branch, day, day)),
    }
    for name, (what, _) in _PARTS.items():
        if asked.settings[name]:
            yield what, asks[name]


def _first(pages: Iterator[object]) -> list[object]:
    return list(islice(pages, 1))


def _branches(asked: Asked, yclients: Yclients, progress: Progress) -> list[Branch]:
    numbers = numbers_of(str(asked.settings["branches"]))
    history = int(asked.settings["history"])
    return [Branch(yclients, one, known.title(yclients, one, progress), history) for one in numbers]


def _progress(asked: Asked) -> Progress:
    return Progress({**asked.state}, Pace.of(asked), asked.now.date(), asked.is_trial)


@contextmanager
def _opened(asked: Asked, progress: Progress) -> Iterator[Yclients]:
    service = str(asked.settings["service"])
    with opened(os.environ.get(VARIABLE, ADDRESSES[service])) as http:
        asking = Asking(NAMES[service], http, progress.pace)
        yield Yclients(NAMES[service], asking, asked.secret("partner_token"), asked.secret("user_token"))
