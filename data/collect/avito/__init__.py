"""The API of Avito: statistics of advertisements, calls, reviews, applications for vacancies.

Invariant: only questions are asked, nothing is changed there. What is fetched becomes rows of our own facts before it
is handed on: money in roubles, times by the clock of the business, ids as text.
"""

from data.collect.avito.connection import fetch, prove
from data.collect.avito.periods import DEPTH
from data.collect.model import Kind, Setting
from data.message import say

KIND = Kind(
    name="avito",
    title=say("Avito, by its API"),
    about=say("Statistics of your advertisements, calls, reviews and applications for vacancies, every day by itself."),
    settings=(
        Setting("client_id", say("Client ID"), say("The first of the two keys."), example="5mXbQ1t8vYw0"),
        Setting("client_secret", say("Client Secret"), say("The second of the two keys."), "secret"),
        Setting(
            "profile", say("Number of the profile"),
            say("Only if the keys are a colleague's: the number of the company's main profile."),
            is_required=False, most=20, example="94235311",
        ),
        Setting("statistics", say("Statistics of advertisements"), say("Views, contacts, spend."), "yes", True),
        Setting(
            "calls", say("Calls"),
            say("All lists tell of the same calls: choose one. Daily counts have no hours and no prices."),
            "choice", "counts",
            choices={
                "counts": say("daily counts, answered or not"),
                "tracked": say("call tracking: every call with its time"),
                "target": say("target calls of the CPA tariff, with prices"), "none": say("none"),
            },
        ),
        Setting("reviews", say("Reviews"), say("With your answers to them."), "yes", True),
        Setting(
            "hiring", say("Applications for vacancies"), say("For those who hire through Avito."), "yes", False,
        ),
        Setting(
            "history", say("Days to go back at first"), say("Avito keeps 270 days."), "number", DEPTH, least=1,
            most=DEPTH,
        ),
    ),
    fetch=fetch,
    prove=prove,
    rhythm="06:30",
    guide=say(
        "The keys are on avito.ru, signed in as the owner: «For professionals», «API», «Get keys». They belong to one "
        "profile: connect each profile for itself, and give it the name of the account as in your files, so that "
        "nothing counts twice."
    ),
)  # fmt: skip
