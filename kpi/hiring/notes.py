"""What must be said beside the figures: rows that are in no vacancy or have no day, plans exceeded, searches put off.

Invariant: whatever is left out of a figure or counted otherwise than it was written is here with its number.
"""

from collections.abc import Iterator

from data.message import Message, say_n
from kpi.hiring.asking import Asking
from kpi.hiring.waits import Waits


def notes(asking: Asking, waits: Waits) -> tuple[Message, ...]:
    """Sentences about the period; `waits` are those of all its places."""
    return tuple(
        note.counting(n) if note.plural else note
        for note, n in (*_applications(asking), *_vacancies(asking), *_places(waits))
        if n
    )


def _applications(asking: Asking) -> Iterator[tuple[Message, int]]:
    frame, ever = asking.applications, asking.ever
    if asking.reader.relations()["vacancies"].rows:
        yield (
            say_n(
                "{n} application belongs to no vacancy: it is in the funnel, and fills no place.",
                "{n} applications belong to no vacancy: they are in the funnel, and fill no place.", 0,
            ),
            int(frame["vacancy_no"].isna().sum()),
        )  # fmt: skip
    yield (
        say_n(
            "{n} application has no day: it is in no period.", "{n} applications have no day: they are in no period.", 0
        ),
        int(ever["applied_at"].isna().sum()),
    )
    early = frame["accepted_at"].dt.normalize() < frame["applied_at"].dt.normalize()
    yield (
        say_n(
            "{n} acceptance is dated before its application: it has no time to hire.",
            "{n} acceptances are dated before their applications: they have no time to hire.", 0,
        ),
        int(early.sum()),
    )  # fmt: skip


def _vacancies(asking: Asking) -> Iterator[tuple[Message, int]]:
    vacancies = asking.places.drop_duplicates("vacancy_no")
    yield (
        say_n(
            "{n} vacancy does not say how many people are wanted: taken as one.",
            "{n} vacancies do not say how many people are wanted: taken as one each.", 0,
        ),
        int(vacancies["planned_hires"].isna().sum()) if asking.tells("planned_hires", "places") else 0,
    )  # fmt: skip
    plans = vacancies.set_index("vacancy_no")["planned_hires"].fillna(1)
    taken = asking.ever.loc[asking.ever["accepted_at"].notna(), "vacancy_no"].value_counts().reindex(plans.index)
    yield (
        say_n(
            "{n} person accepted beyond the plan of their vacancy: they fill no place.",
            "{n} people accepted beyond the plan of their vacancies: they fill no place.", 0,
        ),
        int((taken.fillna(0) - plans).clip(lower=0).sum()),
    )  # fmt: skip


def _places(waits: Waits) -> Iterator[tuple[Message, int]]:
    yield (
        say_n(
            "{n} place is of a vacancy put off: it counts as open.",
            "{n} places are of vacancies put off: they count as open.", 0,
        ),
        waits.on_hold,
    )  # fmt: skip
    yield (
        say_n(
            "{n} place was given up: it counts as waiting until then.",
            "{n} places were given up: they count as waiting until then.", 0,
        ),
        waits.cancelled,
    )  # fmt: skip
    yield (
        say_n(
            "{n} place was closed with nobody accepted: it counts as waiting until then.",
            "{n} places were closed with nobody accepted: they count as waiting until then.", 0,
        ),
        waits.closed,
    )  # fmt: skip
    yield (
        say_n(
            "Of {n} place it is not known how long it waited: it is left out.",
            "Of {n} places it is not known how long they waited: they are left out.", 0,
        ),
        waits.unknown,
    )  # fmt: skip
