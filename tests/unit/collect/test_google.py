"""Whatever link somebody copies, what it shows is fetched."""

import pytest

from data.collect.web.google import file_address

SHEET = "https://docs.google.com/spreadsheets/d/1AbC-d_9"
PUBLISHED = "https://docs.google.com/spreadsheets/d/e/2PACX-1vQ_z"


@pytest.mark.parametrize(
    ("link", "file"),
    [
        (f"{SHEET}/edit#gid=0", f"{SHEET}/export?format=csv&gid=0"),
        (f"{SHEET}/edit?gid=1234#gid=1234", f"{SHEET}/export?format=csv&gid=1234"),
        (f"{SHEET}/edit?usp=sharing", f"{SHEET}/export?format=xlsx"),
        (f"{SHEET}/edit", f"{SHEET}/export?format=xlsx"),
        (SHEET, f"{SHEET}/export?format=xlsx"),
        (f"{SHEET}/view?pli=1#gid=77", f"{SHEET}/export?format=csv&gid=77"),
        ("https://docs.google.com/spreadsheets/u/1/d/1AbC-d_9/edit#gid=5", f"{SHEET}/export?format=csv&gid=5"),
        ("https://docs.google.com/a/firma.ru/spreadsheets/d/1AbC-d_9/edit", f"{SHEET}/export?format=xlsx"),
        (f"{SHEET}/export?format=csv&gid=3", f"{SHEET}/export?format=csv&gid=3"),
        (f"{PUBLISHED}/pubhtml", f"{PUBLISHED}/pub?output=xlsx"),
        (f"{PUBLISHED}/pub?output=csv", f"{PUBLISHED}/pub?output=csv"),
        (f"{PUBLISHED}/pubhtml?gid=9&single=true", f"{PUBLISHED}/pub?output=csv&gid=9&single=true"),
        ("https://docs.google.com/document/d/1x/edit", "https://docs.google.com/document/d/1x/edit"),
        ("https://example.org/spreadsheets/d/1x/edit", "https://example.org/spreadsheets/d/1x/edit"),
        ("https://docs.google.com.evil.org/spreadsheets/d/1x/edit#gid=0",) * 2,
    ],
)
def test_links(link: str, file: str) -> None:
    assert file_address(link) == file
