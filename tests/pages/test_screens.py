"""Every screen in both languages, empty and with data: no error, no English in Russian, no raw column names."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from pages._ui.navigation import PAGES
from tests.pages.conftest import Open, links, shown

KPI_PAGES = ("quality", "operations", "finance", "team", "marketing", "hiring")


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_with_data(page: str, lang: str, business: object, app: Open) -> None:
    at = app(page, lang)
    text = shown(at)
    assert not at.error
    assert len(re.sub(r"<[^>]+>", "", text)) > 100
    assert "is_rework" not in re.sub(r"<code>.*?</code>", "", text)


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_an_empty_workspace(page: str, lang: str, app: Open) -> None:
    at = app(page, lang)
    text = shown(at)
    assert not at.error
    if page not in ("data", "sources", "catalogue", "surveys", "audit", "access"):  # these need no data
        assert ("достигает ли бизнес" if lang == "ru" else "reaches its targets") in text
        assert {"first_upload", "first_demo"} <= {button.key for button in at.button}


def test_the_overview_says_what_matters_first(business: object, app: Open) -> None:
    text = shown(app())
    assert text.index('class="headline"') < text.index('class="card"')
    assert "Октябрь 2026: цели достигнуты у" in text


def test_a_card_has_value_status_target_change_and_freshness(business: object, app: Open) -> None:
    at = app("overview", "en")
    card = next(h.value for h in at.html if "No-shows" in h.value and 'class="card"' in h.value)
    for part in ("target at most 10", "vs the month before", "data until 22", "data:image/svg+xml", "from "):
        assert part in card
    assert re.search(r'class="status (good|acceptable|missed)"', card)


def test_a_card_opens_its_kpi_with_the_filters_kept(business: object, app: Open) -> None:
    at = app("overview", "ru", branch="Север", period="this_month")
    link = urlsplit(next(link for link in links(at) if link.startswith("./quality?")))
    kept = parse_qs(link.query)
    assert (kept["branch"], kept["period"]) == (["Север"], ["this_month"])
    assert "kpi" in kept


def test_teams_and_kpis_have_mark_word_and_value(business: object, app: Open) -> None:
    table = next(h.value for h in app("overview", "ru").html if '<table class="grid">' in h.value)
    assert "Бригада 1" in table
    assert re.search(r'class="mark good" role="img" aria-label="[^"]+">●', table)


def test_a_persons_text_is_never_markup(business: object, app: Open) -> None:
    text = shown(app("operations", "ru", by="employee", kpi="no_show_rate"))
    assert "<b>Лунёв" not in text


@pytest.mark.parametrize("page", KPI_PAGES)
def test_kpis_without_data_name_the_missing_column(page: str, business: object, app: Open) -> None:
    at = app(page, "ru")
    assert any("нужны другие данные</summary>" in piece.value for piece in at.html)


def test_the_language_switch_stays_in_the_address(business: object, app: Open) -> None:
    address = urlsplit(next(link for link in links(app("catalogue", "ru")) if "lang=" in link))
    assert address.path == "./catalogue"
    assert "KPIs can be computed" in shown(app("catalogue", parse_qs(address.query)["lang"][0]))


def test_rows_behind_a_number_speak_the_persons_language(business: object, app: Open) -> None:
    rows = app("operations", "ru", kpi="no_show_rate", lens="rows").dataframe[0].value
    assert set(rows["Статус"]) <= {"Выполнен", "Неявка", "Отменён"}
    assert "Неявка" in set(rows["Статус"])


def test_a_definition_is_written_in_the_persons_language(business: object, app: Open) -> None:
    assert "доля(Статус = &#x27;Неявка&#x27;" in shown(app("catalogue", "ru"))
    assert "share(status = &#x27;no_show&#x27;" in shown(app("catalogue", "en"))
