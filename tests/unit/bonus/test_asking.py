"""Preview, approval, corrections, and who may see whose bonus."""

import json
import sqlite3
from datetime import date, datetime
from decimal import Decimal

import pytest

from data.access.reader import Reader
from data.errors import NotAllowed, UnknownName, UserError
from data.model import Scope
from data.store.store import Store
from kpi.bonus import reckon, scheme_of
from kpi.bonus.gathering import gather
from kpi.bonus.money import rounded
from kpi.bonus.replay import replay
from kpi.bonus.variant import with_weights
from kpi.catalogue import catalogue
from kpi.custom.joined import catalogue_of
from kpi.evaluate import evaluate
from kpi.forecast.asking import Asker
from kpi.language import language
from kpi.model import Query
from kpi.report.bonus import write_pdf, write_workbook
from kpi.target_rows import target_book
from tests.example import NOW
from tests.unit.bonus.conftest import SEPTEMBER, Asking, only

RUSLAN, ILYA = "Руслан Ахметов", "Илья Громов"
NOVEMBER = date(2026, 11, 1)
SHARE = (
    'who = {role = ["Барбер"]}\n[fund]\nfrom = "share"\npercent = 3\nkpi = "revenue"\nover = "branch"\n'
    'unearned = "spread"\n[[kpi]]\nkpi = "addon_rate"\nweight = 100\ntarget = 20\nthreshold = 1\ncap = 90\n'
)
OWN_SHARE = (
    'who = {role = ["Барбер"]}\n[fund]\nfrom = "own_share"\npercent = 5\nkpi = "revenue"\n'
    '[[kpi]]\nkpi = "addon_rate"\nweight = 100\ntarget = 20\n'
)
POOL = (
    'who = {role = ["Барбер"]}\n[fund]\nfrom = "pool"\namount = 50000\nunearned = "spread"\n[[kpi]]\nkpi = "revenue"\n'
    "weight = 100\ntarget = 160000\n"
)


def test_a_running_month_is_a_preview_with_sums_as_they_will_be_at_its_end(barbershop: Store, asking: Asking) -> None:
    answer = asking(barbershop).month("barbers", NOVEMBER)
    assert answer.sheet.given.is_running
    assert answer.sheet.given.until == date(2026, 11, 4)
    side = answer.sheet.slips[0].parts[1].given.personal
    jobs, shown = side.value, side.spread
    assert jobs is not None
    assert jobs > 5 * shown  # not four days' sum
    with pytest.raises(UserError, match="not over yet"):
        asking(barbershop).approve("barbers", NOVEMBER)


def test_sums_of_a_running_month_grow_as_the_forecast_of_the_scheme_s_people(barbershop: Store) -> None:
    reader, definitions, book = Reader(barbershop), catalogue_of(barbershop), target_book(barbershop)
    barbers, today = (("role", ("Барбер",)),), barbershop.clock().date()
    told = Asker(reader, definitions, book, today, barbers).told("revenue", "month").forecast
    assert told is not None
    asked = Query(("revenue",), NOVEMBER, date(2026, 11, 30), "month", "employee", barbers, ())
    frame = evaluate(reader, definitions, asked, book).frame
    fact = {row["slice"]: row["value"] for row in frame[~frame["is_total"]].to_dict("records")}
    text = barbershop.entries.schemes.all()[0].text
    values = gather(reader, definitions, book, [scheme_of(text, "x", definitions)], (NOVEMBER, NOVEMBER), today).values
    for name in ("Руслан Ахметов", "Тимур Сафин"):
        found = values.of("employee", definitions.get("revenue"), name, NOVEMBER)
        assert found is not None
        assert found.value == pytest.approx(fact[name] * told.expected / told.fact)
    assert told.expected > 3 * told.fact


def test_an_approved_month_stays_whatever_becomes_of_scheme_data_and_clock(own: Store, asking: Asking) -> None:
    before = asking(own).month("barbers", SEPTEMBER)
    number = asking(own).approve("barbers", SEPTEMBER)
    kept = asking(own).month("barbers", SEPTEMBER)
    assert kept.sheet == before.sheet
    text = own.entries.schemes.all()[0].text
    own.entries.schemes.enter("barbers", text.replace("team_share = 30", "team_share = 90", 1))
    own.undo(next(entry.import_id for entry in own.imports() if "demo-orders" in entry.file))
    again = asking(own).month("barbers", SEPTEMBER)
    assert again.sheet == before.sheet
    assert again.scheme.team_share == 30
    assert again.approved is not None
    assert (again.approved.id, again.approved.is_intact) == (number, True)
    assert again.approved.data_version == before.sheet.given.data_version


def test_an_approval_is_never_repeated_and_a_correction_stands_beside_it(own: Store, asking: Asking) -> None:
    bonuses = asking(own)
    bonuses.approve("barbers", SEPTEMBER)
    with pytest.raises(UserError, match="approved already"):
        bonuses.approve("barbers", SEPTEMBER)
    total = bonuses.month("barbers", SEPTEMBER).payable(RUSLAN)
    bonuses.correct("barbers", SEPTEMBER, RUSLAN, Decimal("-500.50"), "два заказа возвращены")
    bonuses.correct("barbers", SEPTEMBER, RUSLAN, Decimal(100), "ошибка в поправке")
    answer = bonuses.month("barbers", SEPTEMBER)
    assert answer.payable(RUSLAN) == total - Decimal("400.50")
    slip = answer.sheet.of(RUSLAN)
    assert slip is not None
    assert slip.total == total
    for amount, who, reason in ((Decimal("0.001"), RUSLAN, "x"), (Decimal(1), "Никто", "x"), (Decimal(1), RUSLAN, " ")):
        with pytest.raises(UserError):
            bonuses.correct("barbers", SEPTEMBER, who, amount, reason)


def test_the_database_itself_refuses_to_change_what_was_approved(own: Store, asking: Asking) -> None:
    asking(own).approve("barbers", SEPTEMBER)
    asking(own).correct("barbers", SEPTEMBER, RUSLAN, Decimal(1), "x")
    with sqlite3.connect(own.workspace.entries) as connection:
        for change in (
            "update bonus_snapshots set content = '{}'", "update bonus_corrections set kopecks = 0",
            "update bonus_schemes set text = ''",
        ):  # fmt: skip
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(change)
        connection.execute("drop trigger bonus_snapshots_stay")
        connection.execute("update bonus_snapshots set content = replace(content, '30276', '90276')")
    connection.close()
    answer = asking(own).month("barbers", SEPTEMBER)
    assert answer.approved is not None
    assert not answer.approved.is_intact


def test_a_month_without_its_last_days_is_not_approved(own: Store, asking: Asking) -> None:
    own.clock = lambda: datetime(2026, 12, 5)
    with pytest.raises(UserError, match="The data end on"):
        asking(own).approve("barbers", NOVEMBER)


def test_a_person_sees_their_own_bonus_and_nothing_of_anothers(own: Store, asking: Asking) -> None:
    whole = asking(own).month("barbers", SEPTEMBER)
    for _ in ("preview", "approved"):
        mine = asking(own, only(ILYA)).month("barbers", SEPTEMBER)
        assert [slip.person.name for slip in mine.sheet.slips] == [ILYA]
        assert mine.sheet.of(ILYA) == whole.sheet.of(ILYA)
        assert mine.sheet.of(RUSLAN) is None
        assert mine.total == whole.payable(ILYA)
        assert RUSLAN not in repr(mine)
        words = language("ru")
        for write in (write_pdf, write_workbook):
            assert write(mine, mine.sheet.slips, words)
        if whole.approved is None:
            asking(own).approve("barbers", SEPTEMBER)
            asking(own).correct("barbers", SEPTEMBER, RUSLAN, Decimal(77), "тайна")
            whole = asking(own).month("barbers", SEPTEMBER)
    assert "тайна" not in repr(asking(own, only(ILYA)).month("barbers", SEPTEMBER))


def test_a_lead_sees_the_team_as_it_was_that_month(barbershop: Store, asking: Asking) -> None:
    lead = Scope("lead", where=(("team", ("Зал у вокзала",)),))
    seen = asking(barbershop, lead).month("barbers", SEPTEMBER).sheet.slips
    assert [slip.person.name for slip in seen] == ["Артём Зайцев", "Павел Кузьмин", "Тимур Сафин"]
    before = asking(barbershop, lead).month("barbers", date(2025, 11, 1)).sheet.slips
    assert "Тимур Сафин" not in [slip.person.name for slip in before]


@pytest.mark.parametrize(
    "where", [(("account", ("Авито Центр",)),), (("employee", ("Никто",)),), (("service", ()),), ()]
)
def test_a_scope_of_something_else_sees_nobodys_bonus(barbershop: Store, asking: Asking, where: object) -> None:
    seen = asking(barbershop, Scope("viewer", where=where)).month("barbers", SEPTEMBER)  # type: ignore[arg-type]
    assert seen.sheet.slips == ()
    assert seen.total == 0


def test_only_who_sees_all_may_approve_correct_or_simulate(own: Store, asking: Asking) -> None:
    bonuses = asking(own, only(ILYA))
    rules, _ = bonuses.scheme("barbers")
    for act in (
        lambda: bonuses.approve("barbers", SEPTEMBER),
        lambda: bonuses.correct("barbers", SEPTEMBER, ILYA, Decimal(1), "x"),
        lambda: replay(bonuses, rules, rules),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_pool_of_two_does_not_tell_one_what_the_other_gets(own: Store, asking: Asking) -> None:
    own.entries.schemes.enter("two", POOL.replace('role = ["Барбер"]', f'employee = ["{ILYA}", "{RUSLAN}"]'))
    own.entries.schemes.enter("five", POOL)
    two, five = (asking(own, only(ILYA)).month(name, SEPTEMBER).sheet for name in ("two", "five"))
    assert two.given.pool is None
    assert two.claims == 0
    assert five.given.pool == 50000
    whole = asking(own).month("five", SEPTEMBER).sheet
    assert whole.total == 50000


def test_who_has_results_but_no_post_is_named_to_the_owner(own: Store, asking: Asking) -> None:
    own.entries.schemes.enter("barbers", own.entries.schemes.all()[0].text)
    staff = next(entry.import_id for entry in own.imports() if "demo-staff" in entry.file)
    assert asking(own).month("barbers", SEPTEMBER).left_out == ()
    own.undo(staff)
    assert asking(own).month("barbers", SEPTEMBER).sheet.slips == ()  # no list, no roles


def test_the_doubled_weight_of_add_ons_moves_money_to_who_sells_them(barbershop: Store, asking: Asking) -> None:
    bonuses = asking(barbershop)
    rules, _ = bonuses.scheme("barbers")
    found = replay(bonuses, rules, with_weights(rules, {"addon_rate": Decimal(80)}))
    assert [first.month for first in found.months] == [11, 12, *range(1, 11)]
    assert found.changes[0].name == RUSLAN
    assert found.changes[0].change > 0
    month = bonuses.month("barbers", SEPTEMBER).sheet
    assert found.before.by_month[10] == month.total
    assert found.before.total == sum((one.before for one in found.changes), Decimal(0))
    assert {warned.kind for warned in found.before.warned} >= {"always_paid"}
    assert 0 <= (found.before.noise_of_all() or 0) <= 100


def test_the_approved_months_of_a_scheme_taken_away_can_still_be_read(own: Store, asking: Asking) -> None:
    asking(own).approve("barbers", SEPTEMBER)
    before = asking(own).month("barbers", SEPTEMBER)
    own.entries.schemes.remove("barbers")
    assert asking(own).titles() == {"barbers": "Барберы"}
    assert asking(own).approved_months("barbers") == (SEPTEMBER,)
    assert asking(own).month("barbers", SEPTEMBER) == before
    with pytest.raises(UnknownName):
        asking(own).month("barbers", date(2026, 8, 1))


def test_a_fund_that_is_a_share_of_a_result_is_that_share(barbershop: Store, asking: Asking) -> None:
    known = asking(barbershop)
    for fund, of_all in ((SHARE, True), (OWN_SHARE, False)):
        rules = scheme_of(fund, "test", catalogue())
        sheet = reckon(rules, known.gathered((rules,), SEPTEMBER, SEPTEMBER).month(rules, SEPTEMBER))
        if of_all:
            assert sheet.given.result is not None
            assert sheet.given.pool == (sheet.given.result.value or 0) * 3 / 100
            assert sheet.total == rounded(sheet.given.pool or Decimal(0), Decimal(1))
            assert len({slip.total for slip in sheet.slips}) == len(sheet.slips)
        for slip in sheet.slips:
            assert of_all or slip.fund == rounded((slip.person.base.value or 0) / Decimal(20))  # type: ignore[union-attr]
            assert of_all or slip.time == 100


def test_a_kpi_of_ones_own_is_never_paid_by_the_common_value(own: Store, asking: Asking) -> None:
    text = own.entries.schemes.all()[0].text.replace('kpi       = "addon_rate"', 'kpi       = "conformity_rate"')
    own.entries.schemes.enter("barbers", text.replace("weight    = 40\n", "weight    = 40\nteam_share = 0\n", 1))
    for slip in asking(own).month("barbers", SEPTEMBER).sheet.slips:
        part = slip.parts[0]
        assert part.team.money == 0
        assert part.given.team.why == "not_asked"
        assert (part.weight == 0) == bool(part.given.personal.why)


def test_a_year_of_months_is_each_of_them(barbershop: Store, asking: Asking) -> None:
    bonuses = asking(barbershop)
    rules, _ = bonuses.scheme("barbers")
    months = bonuses.over(12)
    year = bonuses.gathered((rules,), months[0], months[-1])
    for month in months:
        assert reckon(rules, year.month(rules, month)).slips == bonuses.month("barbers", month).sheet.slips


def test_an_unknown_scheme_is_told(barbershop: Store, asking: Asking) -> None:
    with pytest.raises(UnknownName):
        asking(barbershop).month("nobody", SEPTEMBER)


def test_the_snapshot_holds_scheme_inputs_and_results(own: Store, asking: Asking) -> None:
    asking(own).approve("barbers", SEPTEMBER)
    kept = own.entries.bonus_snapshots.all()[0]
    assert kept.approved_at == NOW
    assert set(kept.content) == {"scheme", "text", "rules", "sheet"}
    person = kept.content["sheet"]["given"]["people"][0]
    assert {"fund", "time", "share", "kpis", "gates"} <= set(person)
    assert json.dumps(kept.content)
