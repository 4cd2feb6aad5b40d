"""The API of YCLIENTS (and Altegio, its twin abroad): visits, schedules, staff, reviews, money paid.

Invariant: only questions are asked, nothing is changed there. Times are taken as the branch's own clock showed them;
sums are in the branch's currency, written as numbers or as texts.
"""

from data.collect.model import Kind, Setting, Value
from data.collect.yclients.branch import numbers_of
from data.collect.yclients.connection import fetch, prove
from data.message import say

MOST_DAYS = 1100


def _branches(value: Value) -> None:
    numbers_of(str(value))


KIND = Kind(
    name="yclients",
    title=say("YCLIENTS or Altegio, by its API"),
    about=say("Visits, working hours, staff, reviews and expenses of your branches, by themselves."),
    settings=(
        Setting(
            "branches", say("Numbers of the branches"),
            say("Each stands in the address of its pages: yclients.com/timetable/123456. Several: apart by commas."),
            example="123456, 123457", check=_branches,
        ),
        Setting(
            "partner_token", say("Partner token"), say("Of your account as a developer, or of your integrator."),
            "secret",
        ),
        Setting(
            "user_token", say("User token"), say("Of a user who may see the journal, the staff and the money."),
            "secret",
        ),
        Setting("visits", say("Visits"), say("What was paid, who did them, who came and who did not."), "yes", True),
        Setting("hours", say("Working hours"), say("From the schedule of each employee."), "yes", True),
        Setting(
            "staff", say("Staff"), say("Posts, and since when. No, if you keep a staff list of your own."), "yes", True,
        ),
        Setting("reviews", say("Reviews"), say("What clients wrote of the branch and of employees."), "yes", True),
        Setting(
            "expenses", say("Expenses"),
            say("Money paid out of the tills. No, if you load statements of the bank: payments would count twice."),
            "yes", False,
        ),
        Setting("history", say("Days to go back at first"), say("A year is enough to compare."), "number", 365, least=1,
                most=MOST_DAYS),
        Setting("service", say("Service"), say("Where your account is."), "choice", "yclients",
                choices={"yclients": say("YCLIENTS"), "altegio": say("Altegio")}),
    ),
    fetch=fetch,
    prove=prove,
    rhythm="1h",
    guide=say(
        "Ask for a partner token on developers.yclients.com («Become a developer»), connect your branch to it, and "
        "give a user of its own the rights it needs; the user's token is shown there. Take back files with the same "
        "visits that you loaded by hand: they have no numbers by which the program could tell that they are the same."
    ),
)  # fmt: skip
