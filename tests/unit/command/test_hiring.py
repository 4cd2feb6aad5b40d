"""`hiring`."""

from collections.abc import Iterator

import pytest

from tests.unit.command.conftest import Terminal

VACANCIES = """№ вакансии;Вакансия;Филиал;Дата открытия;Дата публикации;Дата закрытия;Мест;Статус;Рекрутер
В-1;Барбер;Центр;01.09.2026;02.09.2026;11.09.2026;1;Закрыта;Анна
В-2;Клинер;Север;05.09.2026;06.09.2026;;2;В работе;Борис
В-3;Клинер;Север;10.09.2026;10.09.2026;20.09.2026;1;Отменена;Борис
"""
APPLICANTS = """№ кандидата;№ вакансии;Источник;Дата отклика;Дата скрининга;Дата собеседования;Дата оффера;\
Оффер принят;Дата отказа;Дата выхода;Дата увольнения;Стоимость отклика
К-1;В-1;Авито;02.09.2026;03.09.2026;05.09.2026;08.09.2026;11.09.2026;;14.09.2026;;200
К-2;В-1;Сайт;03.09.2026;04.09.2026;;;;05.09.2026;;;0
К-3;В-2;Авито;07.09.2026;08.09.2026;10.09.2026;12.09.2026;15.09.2026;;18.09.2026;25.09.2026;200
К-4;В-2;Авито;09.09.2026;;;;;;;;200
К-5;;Авито;12.09.2026;13.09.2026;;;;;;;200
"""


@pytest.fixture(scope="module")
def hired(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """Two tables, read as people keep them."""
    terminal = Terminal(tmp_path_factory.mktemp("hiring"))
    for name, text in (("вакансии.csv", VACANCIES), ("кандидаты.csv", APPLICANTS)):
        terminal.write(name, text, "cp1251")
        done = terminal("import", name)
        assert done.status == 0, done.err + done.out
    yield terminal
    terminal.store().close()


def test_everything_as_json(hired: Terminal) -> None:
    done = hired("hiring", "--json", "--by", "recruiter")
    assert done.status == 0, done.err
    told = done.json
    assert (told["applications"], told["vacancies"], told["known_until"]) == (5, 3, "2026-09-25")
    whole = told["funnel"][0]
    assert [step["reached"] for step in whole["steps"]] == [5, 4, 2, 2, 2]
    fill = told["time_to_fill"]["opened"]["members"][0]
    assert (fill["places"], fill["filled"], fill["censored"]) == (4, 2, 2)
    assert (fill["open"], fill["cancelled"]) == (1, 1)
    assert fill["filled_median_days"] == pytest.approx(10)
    assert fill["median_days"] == pytest.approx(10)
    assert [step["share"] for step in fill["curve"]] == pytest.approx([0.5])
    assert told["time_to_fill"]["published"]["members"][0]["filled_median_days"] == pytest.approx(9)
    assert told["kpis"]["time_to_hire_days"]["value"] == pytest.approx(8.5)
    assert told["kpis"]["cost_per_hire"]["value"] == pytest.approx(400)
    assert told["retention"][0] | {"low": 0, "high": 0} == {
        "member": None, "is_total": True, "old": 0, "stayed": 0, "share": None, "low": 0, "high": 0, "young": 2,
        "young_left": 1,
    }  # fmt: skip
    assert {one["member"] for one in told["recruiters"]} == {None, "Анна", "Борис"}
    assert told["forecast"]["why_not"].startswith("Too little history")
    assert [one["vacancy_id"] for one in told["forecast"]["vacancies"]] == ["В-2"]
    assert told["notes"][0] == "1 application belongs to no vacancy: it is in the funnel, and fills no place."


def test_tables_for_people_in_both_languages(hired: Terminal) -> None:
    for language, word in (("en", "Applied"), ("ru", "Откликнулись")):
        hired.language = language
        for by in ("recruiter", "source", "vacancy", "account", "branch"):
            done = hired("hiring", "--by", by)
            assert done.status == 0, done.err
            assert "В-2" in done.out
            assert word in done.out
            assert "applied_at" not in done.out
    hired.language = "en"


def test_a_period_and_filters(hired: Terminal) -> None:
    told = hired("hiring", "--json", "--since", "2026-09-05", "--until", "2026-09-09", "--where", "branch=Север").json
    assert told["applications"] == 2
    assert told["time_to_fill"]["opened"]["members"][0]["places"] == 2


def test_what_hiring_does_not_tell_is_said(hired: Terminal) -> None:
    done = hired("hiring", "--where", "service=Стрижка")
    assert done.status == 1
    assert "Hiring does not tell service" in done.err


def test_nothing_loaded_is_said(terminal: Terminal) -> None:
    done = terminal("hiring", "--json")
    assert done.status == 1
    assert "There is nothing about hiring yet." in done.err


def test_vacancies_alone_are_enough_to_answer(terminal: Terminal) -> None:
    terminal.write("вакансии.csv", VACANCIES, "cp1251")
    assert terminal("import", "вакансии.csv").status == 0
    told = terminal("hiring", "--json").json
    assert told["applications"] == 0
    assert told["time_to_fill"]["opened"]["members"][0]["filled"] == 0
    assert told["forecast"]["why_not"] is not None
    assert terminal("hiring").status == 0


def test_applicants_alone_are_enough_to_answer(terminal: Terminal) -> None:
    terminal.write("кандидаты.csv", APPLICANTS, "cp1251")
    assert terminal("import", "кандидаты.csv").status == 0
    told = terminal("hiring", "--json", "--by", "source").json
    assert told["applications"] == 5
    assert told["kpis"]["time_to_fill_days"] is None
    assert terminal("hiring").status == 0


AVITO = """{"applies": [
  {"id": "a1", "vacancy_id": 101, "created_at": "2026-10-13T10:00:00Z", "updated_at": "2026-10-13T10:00:00Z",
   "state": "new", "is_viewed": false, "type": "by_chat", "source": "search", "employee_id": 7,
   "price": {"real": 10000, "bonus": 2000, "total": 12000}, "prevalidation": {"status": "ok"}},
  {"id": "a2", "vacancy_id": 101, "created_at": "2026-10-14T10:00:00Z", "updated_at": "2026-10-14T10:00:00Z",
   "state": "new", "is_viewed": true, "type": "by_phone", "source": "search", "employee_id": 7,
   "price": {"real": 18000, "bonus": 0, "total": 18000}, "prevalidation": {"status": "ok"}}
]}"""


def test_avito_s_job_responses_have_their_cost_in_roubles(terminal: Terminal) -> None:
    terminal.write("applications.json", AVITO)
    done = terminal("import", "applications.json")
    assert done.status == 0, done.err + done.out
    (row,) = terminal("value", "cost_per_response", "--format", "json").json
    assert (row["value"], row["used"]) == (150, 2)
    assert terminal("hiring", "--json", "--by", "source").json["cost"][0]["per_response"] == 150
