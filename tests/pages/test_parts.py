"""The pure parts of the screens."""

import pandas as pd
import pytest

from data.ingest.column_map import ColumnMap, Mapping, Unpivot
from data.store.taking import tables
from kpi.catalogue import catalogue
from kpi.key import GROUPS, MOST, automatic
from kpi.language import language
from pages._ui import address, download, markup, navigation
from pages._ui.escape import html, markdown
from pages._ui.upload.reading import with_target, with_word


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(sign: str) -> None:
    frame = pd.DataFrame({f"{sign}head": [f"{sign}1+1", "text"], "n": [-1.5, 2.0]})
    safe = download.safe(frame)
    assert safe.columns[0] == f"'{sign}head"
    assert safe.iloc[0, 0] == f"'{sign}1+1"
    assert safe.iloc[0, 1] == -1.5
    assert tables.safe("plain") == "plain"


def test_russian_csv_opens_in_a_russian_excel() -> None:
    text = download.csv(pd.DataFrame({"а": [1.5]}), language("ru")).decode("utf-8-sig")
    assert text.splitlines() == ["а", "1,5"]


@pytest.mark.parametrize(
    "text", ["![x](http://a/b.png)", "[a](javascript:1)", "<img src=x>", ":red[a]", "$$x$$", "# a\n- b"]
)
def test_markdown_of_a_person_is_plain(text: str) -> None:
    escaped = markdown(text)
    assert "](" not in escaped
    assert "<img" not in escaped.replace(r"\<", "")
    assert "\n" not in escaped


def test_markup_escapes_all_but_its_own() -> None:
    assert markup.tag("p", "<b>", markup.tag("i", "&")) == "<p>&lt;b&gt;<i>&amp;</i></p>"
    assert markup.tag("a", "x", title='"') == '<a title="&quot;">x</a>'
    assert html('<"') == "&lt;&quot;"


def test_the_automatic_choice_is_balanced() -> None:
    kpis = automatic(catalogue().visible())
    assert 3 <= len(kpis) <= MOST
    assert {kpi.area for kpi in kpis} == set(GROUPS)


def test_a_source_column_feeds_one_target_only() -> None:
    mapping = Mapping("orders", (ColumnMap("revenue", "Сумма"), ColumnMap("status", "Статус", words={"ок": "done"})))
    moved = with_target(mapping, "Итого", "revenue")
    assert moved.target("revenue") == ColumnMap("revenue", "Итого")
    assert moved.target("status") == mapping.target("status")
    assert with_target(mapping, " статус ", None).target("status") is None


def test_a_question_of_a_wide_table_becomes_a_column() -> None:
    mapping = Mapping("surveys", (), unpivot=Unpivot(("В1", "В2", "В3"), "question", "score"))
    changed = with_target(mapping, "В2", "comment")
    assert changed.unpivot is not None
    assert changed.unpivot.columns == ("В1", "В3")
    assert changed.target("comment") == ColumnMap("comment", "В2")
    back = with_target(changed, "В2", "score")
    assert back.unpivot is not None
    assert set(back.unpivot.columns) == {"В1", "В2", "В3"}
    assert back.target("comment") is None


def test_a_word_is_given_one_meaning() -> None:
    mapping = Mapping("orders", (ColumnMap("status", "Статус", words={"Ок": "done"}),))
    entry = with_word(mapping, "status", "ок", "cancelled").target("status")
    assert entry is not None
    assert entry.words == {"ок": "cancelled"}


def test_every_page_has_a_file_and_a_title() -> None:
    for code in navigation.PAGES:
        assert navigation.file(code).is_file()
        assert navigation.title(code, language("ru")) != navigation.title(code, language("en"))


def test_what_is_carried_are_filters_only() -> None:
    assert "kpi" not in address.CARRIED
    assert {"period", "branch", "lang"} <= set(address.CARRIED)
