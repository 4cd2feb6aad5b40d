"""The experiments of the demo's owner: one that was decided, one that is running.

Invariant: what the first one found is in the ads (`stories.is_promoted`), and nothing in them belongs to the second:
it ends as chance will have it. `withdraw` removes what nobody has touched since.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from data.demo.ads import ADS
from data.demo.stories import UNPROMOTED, UNPROMOTED_SINCE
from data.demo.trades import ACCOUNTS
from data.store.entries.experiment_design import Design, Guard
from data.store.entries.experiments import Experiments

CENTRE, REGION = ACCOUNTS
WHO = "Владелец"
BEFOREHAND = 3
"""Days before the start on which an experiment is entered."""
RUNNING_SINCE = 20
"""Days before the last one on which the second began."""
LEARNED = (
    "Без платного продвижения контакт подешевел, а пишут не реже. Отключаем продвижение и в остальных объявлениях "
    "области; через месяц смотрим ещё раз."
)


def designs(until: date) -> tuple[Design, Design]:
    """Both, for the history that ends on a day."""
    first, second = until - timedelta(days=UNPROMOTED_SINCE), until - timedelta(days=RUNNING_SINCE)
    region, centre = ([ad for ad in ADS if ad.account == account] for account in (REGION, CENTRE))
    return (
        Design(
            "Химки без платного продвижения",
            "Продвижение в Химках не приводит новых клиентов: если его отключить, контакт станет дешевле, "
            "а писать будут не реже.",
            "cost_per_contact", "ad_id",
            tuple(ad.ad_id for ad in region if ad.city != UNPROMOTED),
            tuple(ad.ad_id for ad in region if ad.city == UNPROMOTED),
            first, until - timedelta(days=7), "остальные, продвижение как раньше", "Химки, без продвижения",
            guards=(Guard("contact_rate", 25.0),), matters=8.0,
        ),
        Design(
            "Фото «до и после» первым снимком",
            "Снимок «до и после» вместо логотипа: тот, кто открыл объявление, чаще пишет.",
            "contact_rate", "ad_id",
            tuple(ad.ad_id for ad in centre[0::2]), tuple(ad.ad_id for ad in centre[1::2]),
            second, second + timedelta(days=55), "логотип", "снимок «до и после»",
            guards=(Guard("cost_per_contact", 15.0),), matters=20.0,
        ),
    )  # fmt: skip


def enter(into: Experiments, until: date) -> dict[str, int]:
    """Enter both; their numbers, with how long their histories are now."""
    made = [into.add(one, WHO, _at(one.start - timedelta(days=BEFOREHAND))) for one in designs(until)]
    into.decide(made[0], "b", WHO, LEARNED, _at(until - timedelta(days=5)))
    return {str(number): len(into.get(number).history) for number in made}


def withdraw(into: Experiments, made: Mapping[str, int]) -> None:
    """Remove those whose history is as it was."""
    for one in into.all():
        if made.get(str(one.id)) == len(one.history):
            into.remove(one.id)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10, 30))
