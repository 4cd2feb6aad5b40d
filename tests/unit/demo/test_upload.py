"""The demo's spreadsheets can be uploaded: each is recognised, and gives what the generator made."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data.demo.trades import REPAIR
from data.demo.write import FOLDER
from data.ingest import pipeline
from data.ingest.staged import ImportOptions
from data.store.store import Store

Facts = Mapping[str, pd.DataFrame]
RECOGNISED = {
    "avito_calls_2026-10-01_2026-10-31.csv": ["calls"],
    "cleaning jobs.csv": ["orders"],
    "Авито Область Статистика_с_2026-10-01_по_2026-10-31.xlsx": ["ads"],
    "Авито Центр Статистика_с_2026-10-01_по_2026-10-31.xlsx": ["ads"],
    "Журнал ремонтов.csv": ["events"],
    "Записи Усы.xlsx": ["orders"],
    "Заявки на ремонт.csv": ["orders"],
    "Кадры.xlsx": ["staff", "shifts", "training", "ideas"],
    "Опрос клиентов.csv": ["surveys"],
    "Отзывы.xlsx": ["reviews"],
    "Подбор.xlsx": ["vacancies", "applicants"],
    "Проверки качества.xlsx": ["checks"],
    "Пульс команды (ответы).csv": ["surveys"],
    "Расходы.xlsx": ["expenses"],
}
ASKED = {"Пульс команды (ответы).csv"}
"""A wide form does not say its scale: a person must."""


def test_every_file_is_expected() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(RECOGNISED)


@pytest.mark.parametrize("name", RECOGNISED)
def test_a_file_explains_itself(name: str) -> None:
    proposals = pipeline.propose(duckdb.connect(), FOLDER / name, remembered=lambda _signature: None)
    assert [proposal.mapping.fact if proposal.mapping else None for proposal in proposals] == RECOGNISED[name]
    assert all(proposal.certain for proposal in proposals) == (name not in ASKED)


def test_an_uploaded_sheet_gives_what_the_generator_made(facts: Facts, tmp_path: Path) -> None:
    with Store.open(tmp_path, lambda: datetime(2026, 11, 16, 12)) as store:
        report = store.publish(FOLDER / "Заявки на ремонт.csv", None, ImportOptions())[0]
        sums = "count(*), sum(revenue), count_if(is_rework), min(created_at), count(distinct client)"
        found = store.cursor().execute(f"select {sums} from fact_orders").fetchall()[0]
    made = facts["orders"][facts["orders"]["branch"] == REPAIR.name]
    assert report.rows_in == report.rows_out == len(made)
    assert found[:3] == (len(made), made["revenue"].sum(), made["is_rework"].sum())
    assert found[3:] == (made["created_at"].min(), made["client"].nunique())
