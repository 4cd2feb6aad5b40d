"""The page of hiring: the sentence, recruiters by speed and quality, the forecast, and what it says without data."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data.demo.hiring import hiring
from data.demo.stories import FAST_RECRUITER
from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.staged import ImportOptions
from data.model import Scope
from data.store.store import Store
from pages._ui import session
from tests.pages.conftest import Open, links, shown

UNTIL = date(2026, 11, 22)
FRAMES = dict(zip(("vacancies", "applicants"), hiring(7, UNTIL), strict=True))


def load(workspace: Path, folder: Path, *facts: str) -> None:
    with Store.open(workspace) as store:
        for name in facts:
            frame: pd.DataFrame = FRAMES[name]
            path = folder / f"{name}.csv"
            frame.to_csv(path, index=False, encoding="utf-8")
            columns = tuple(ColumnMap(column, column) for column in frame.columns)
            store.publish(path, [Mapping(name, columns)], ImportOptions())


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example business's vacancies and applicants alone, to be copied."""
    folder = tmp_path_factory.mktemp("hiring")
    load(folder / "workspace", folder, "vacancies", "applicants")
    return folder / "workspace"


@pytest.fixture
def hired(workspace: Path, loaded: Path) -> Path:
    """The workspace of the app with them in it."""
    shutil.copytree(loaded, workspace)
    return workspace


def plain(text: str) -> str:
    return re.sub(r"<[^>]+>", " ", text)


def test_a_fast_recruiter_whose_hires_leave_is_the_first_thing_read(hired: Path, app: Open) -> None:
    text = shown(app("hiring", "ru"))
    headline = next(piece for piece in re.findall(r'class="headline">(.*?)</p>', text) if "занято" in piece)
    assert re.search(rf"половина — за [\d,]+\xa0дн\. {FAST_RECRUITER} закрывает места за", headline)
    assert "90 дней остаются только" in headline
    assert ".." not in headline
    assert f"{FAST_RECRUITER}<small" in text.replace("</b>", "")
    assert "▲ быстро, но люди уходят" in plain(text)


def test_every_part_is_there_in_both_languages(hired: Path, app: Open) -> None:
    for lang, parts in (
        ("ru", ("Рекрутеры: скорость и качество", "От отклика до согласия", "Когда закроются открытые вакансии",
                "Сколько ждут места", "Кто остаётся 90 дней", "Во что обходится найм", "Переходы по этапам",
                "приостановленн")),
        ("en", ("Recruiters: speed and quality", "From application to acceptance", "When open vacancies",
                "How long places wait", "Who stays 90 days", "What hiring costs", "Yields")),
    ):  # fmt: skip
        at = app("hiring", lang)
        text = plain(shown(at))
        assert not at.error
        assert not [part for part in parts if part not in text]
        assert not re.search(r"[a-z]+_(at|on|days|id)\b", text)


def test_it_is_about_a_year_unless_asked_otherwise(hired: Path, app: Open) -> None:
    assert "Ноябрь 2025 – октябрь 2026" in plain(shown(app("hiring", "ru")))
    assert "Октябрь 2026:" in plain(shown(app("hiring", "ru", period="last_month")))


def test_by_something_else(hired: Path, app: Open) -> None:
    for by, member in (("source", "HeadHunter"), ("title", "Мойщик окон"), ("branch", "Ремонт техники")):
        at = app("hiring", "ru", by=by)
        assert not at.error
        assert member in shown(at)
        assert any(f"by={by}" in where for where in links(at))


def test_from_the_publication(hired: Path, app: Open) -> None:
    opened, published = (plain(shown(app("hiring", "ru", **more))) for more in ({}, {"from": "published"}))
    assert opened != published


def test_one_kpi_in_depth(hired: Path, app: Open) -> None:
    at = app("hiring", "ru", kpi="time_to_fill_days")
    text = plain(shown(at))
    assert not at.error
    assert "Срок закрытия вакансии" in text
    assert any("kpi=retention_90_hired" in where for where in links(at))


def test_the_rows_behind_time_to_fill_are_places(hired: Path, app: Open) -> None:
    rows = app("hiring", "ru", kpi="time_to_fill_days", lens="rows").dataframe[0].value
    assert {"Место", "Состояние места", "Вакансия", "Открыта"} <= set(rows.columns)
    assert set(rows["Состояние места"]) <= {"занято", "открыто", "отложено", "отменено"}


def test_a_change_of_waits_says_why_it_is_not_taken_apart(hired: Path, app: Open) -> None:
    assert "сравните разрезы" in plain(shown(app("hiring", "ru", kpi="time_to_fill_days", lens="why")))


def test_a_filter_hiring_does_not_tell_is_said(hired: Path, app: Open) -> None:
    at = app("hiring", "ru", service="Стрижка")
    assert not at.error
    assert "нет разреза «Услуга»" in plain(shown(at))


def test_a_period_without_anything_still_foretells(hired: Path, app: Open) -> None:
    text = plain(shown(app("hiring", "ru", period="custom", since="2020-01-01", until="2020-01-31")))
    assert "За этот период о найме ничего нет" in text
    assert "Когда закроются открытые вакансии" in text


@pytest.mark.parametrize("fact", ["vacancies", "applicants"])
def test_one_table_alone(workspace: Path, tmp_path: Path, app: Open, fact: str) -> None:
    load(workspace, tmp_path, fact)
    at = app("hiring", "ru")
    text = plain(shown(at))
    assert not at.error
    assert "нужны другие данные" in text
    assert re.search(r"\d отклик\w*, согласились: \d" if fact == "applicants" else r"нуж\w+ \d+ человек", text)


def test_without_hiring_it_says_what_to_load(business: Path, app: Open) -> None:
    text = plain(shown(app("hiring", "ru")))
    assert "О найме пока ничего нет." in text
    assert "Загрузите таблицу вакансий и таблицу кандидатов" in text


def test_a_link_of_one_branch_shows_its_hiring_alone(hired: Path, app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    scope = Scope("viewer", frozenset({"hiring"}), (("branch", ("Ремонт техники",)),))
    owner = session.visitor
    monkeypatch.setattr(session, "visitor", lambda: replace(owner(), scope=scope))
    text = plain(shown(app("hiring", "ru", by="branch")))
    assert "Ремонт техники" in text
    assert "Клининг" not in text
    assert "Барбер" not in text
