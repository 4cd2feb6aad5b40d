"""Every schema loads whole, and the aliases cover what the sources call their columns."""

import pytest

from data.errors import UnknownName
from data.model import DIMENSIONS
from data.schema.alias_page import PAGE, page
from data.schema.loader import FOLDER, NAMES, fact, facts
from data.schema.names import normalise, normalise_word

OWN_COLUMNS = {
    "orders": "order_id created_at responded_at scheduled_at promised_at started_at finished_at paid_at status "
    "revenue addon_revenue gross discount material_cost labour_cost is_rework is_on_time is_prebooked is_complaint "
    "items booked_by",
    "reviews": "review_id created_at rating text answered_at outcome order_id",
    "checks": "check_id checked_at standard passed",
    "staff": "role hired_on left_on salary bonus_fund valid_from",
    "shifts": "date planned_hours worked_hours busy_hours absence",
    "training": "date course hours cost score passed",
    "ideas": "idea_id date title status effect",
    "surveys": "response_id answered_at survey audience question score scale_min scale_max comment invitation_id",
    "ads": "ad_id title period_start period_end city impressions views contacts chats phone_views favorites orders "
    "spend promotion_spend bonus_spend",
    "calls": "call_id at talk_seconds wait_seconds answered target price",
    "expenses": "expense_id date kind amount",
    "events": "case_id activity at started_at lifecycle cost is_superfluous",
    "vacancies": "vacancy_id title opened_at published_at closed_at planned_hires status",
    "applicants": "applicant_id vacancy_id applied_at screened_at interviewed_at offered_at accepted_at rejected_at "
    "hired_on left_on performance manager_score cost",
}


def test_there_is_a_file_for_every_fact_and_no_other() -> None:
    assert sorted([*NAMES, "dimensions"]) == sorted(path.stem for path in FOLDER.glob("*.toml"))
    assert tuple(facts()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_fact_has_its_columns_and_the_nine_dimensions(name: str) -> None:
    columns = {column.name for column in fact(name).columns}
    assert set(OWN_COLUMNS[name].split()) | set(DIMENSIONS) <= columns
    assert set(DIMENSIONS) <= set(fact(name).dimensions)


@pytest.mark.parametrize("name", NAMES)
def test_key_time_and_telling_columns_exist_and_times_are_times(name: str) -> None:
    it = fact(name)
    for part in (it.key, it.time, it.happened, it.telling):
        assert part
        assert set(part) <= {column.name for column in it.columns}
    assert {it.column(column).type for column in (*it.time, *it.happened)} <= {"time", "date"}


@pytest.mark.parametrize("name", NAMES)
def test_no_alias_means_two_columns(name: str) -> None:
    meaning = [(normalise(alias), column.name) for column in fact(name).columns for alias in column.aliases]
    assert len(meaning) == len(dict(meaning))


@pytest.mark.parametrize("name", NAMES)
def test_important_columns_have_aliases_in_both_languages(name: str) -> None:
    for column in (fact(name).column(c) for c in fact(name).telling):
        russian = [a for a in column.aliases if any("а" <= letter <= "я" for letter in a.casefold())]
        assert len(russian) >= 4, column.name
        assert len(column.aliases) - len(russian) >= 4, column.name


def test_an_unknown_fact_names_the_closest() -> None:
    with pytest.raises(UnknownName, match="orders"):
        fact("oders")


@pytest.mark.parametrize(
    ("name", "column", "header"),
    [
        ("orders", "order_id", "№ заказа"),
        ("orders", "scheduled_at", "Дата визита"),
        ("orders", "employee", "Мастер"),
        ("orders", "employee", "Исполнитель"),
        ("orders", "revenue", "Сумма, руб."),
        ("orders", "revenue", "К ОПЛАТЕ (₽)"),
        ("orders", "revenue", "Выручка"),
        ("orders", "status", "Статус визита"),
        ("orders", "order_id", "Order ID"),
        ("orders", "employee", "Technician"),
        ("orders", "revenue", "Amount"),
        ("orders", "client", "Телефон"),
        ("orders", "booked_by", "Администратор"),
        ("ads", "ad_id", "Номер\u00a0объявления"),
        ("ads", "views", "uniqViews"),
        ("ads", "spend", "Расходы\u00a0на\u00a0объявления"),
        ("ads", "chats", "contactsMessenger"),
        ("ads", "bonus_spend", "Списано бонусов на объявления"),
        ("calls", "price", "price_rub"),
        ("calls", "wait_seconds", "waiting_duration"),
        ("calls", "target", "status_id"),
        ("events", "employee", "org:resource"),
        ("events", "case_id", "case:concept:name"),
        ("expenses", "kind", "Категория"),
        ("shifts", "planned_hours", "План, ч"),
        ("surveys", "answered_at", "Отметка времени"),
        ("reviews", "created_at", "createdAt"),
    ],
)
def test_what_sources_and_people_write_is_known(name: str, column: str, header: str) -> None:
    meaning = {normalise(alias): c.name for c in fact(name).columns for alias in c.aliases}
    assert meaning.get(normalise(header)) == column


@pytest.mark.parametrize(
    ("name", "column", "cell", "word"),
    [
        ("orders", "status", "Выполнен", "done"),
        ("orders", "status", "Пришёл", "done"),
        ("orders", "status", "1", "done"),
        ("orders", "status", "-1", "no_show"),
        ("orders", "status", "−1", "no_show"),
        ("orders", "status", "Не пришёл", "no_show"),
        ("orders", "status", "Отменён.", "cancelled"),
        ("orders", "status", "Ожидание", "open"),
        ("orders", "status", "2", "open"),
        ("reviews", "outcome", "not_communicate", "no_contact"),
        ("calls", "target", "2", "target"),
        ("calls", "target", "3", "not_target"),
        ("shifts", "absence", "Больничный", "sick"),
        ("expenses", "kind", "аренда", "rent"),
    ],
)
def test_words_of_the_sources_are_known(name: str, column: str, cell: str, word: str) -> None:
    meaning = {normalise_word(said): c for c, list_ in fact(name).column(column).words.items() for said in list_}
    assert meaning[normalise_word(cell)] == word


def test_an_empty_cell_has_a_meaning_only_where_it_is_safe() -> None:
    said = {(f.name, c.name): c.empty for f in facts().values() for c in f.columns if c.empty is not None}
    assert said == {
        ("orders", "discount"): 0,
        ("orders", "addon_revenue"): 0,
        ("orders", "is_rework"): False,
        ("orders", "is_complaint"): False,
        ("ads", "promotion_spend"): 0,
        ("ads", "bonus_spend"): 0,
        ("events", "is_superfluous"): False,
    }


def test_the_page_of_aliases_is_what_the_schemas_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m data.schema.alias_page"
