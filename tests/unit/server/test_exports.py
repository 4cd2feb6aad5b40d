"""An export is found by its token alone."""

from pathlib import Path

import pytest

from pages._ui.server import exports


def test_a_token_finds_its_export_once_it_is_whole(tmp_path: Path) -> None:
    token, place = exports.new(tmp_path)
    assert exports.path(tmp_path, token) is None
    place.write_bytes(b"zip")
    assert exports.path(tmp_path, token) == place
    assert exports.address(token).endswith(token)
    assert place.parent.stat().st_mode & 0o077 == 0


def test_the_one_before_is_removed(tmp_path: Path) -> None:
    token, place = exports.new(tmp_path)
    place.write_bytes(b"zip")
    exports.new(tmp_path)
    assert exports.path(tmp_path, token) is None


@pytest.mark.parametrize("token", ["", "x", "../" * 12 + "app", "a" * 31, "." * 40, "%2e" * 20])
def test_no_token_leads_elsewhere(tmp_path: Path, token: str) -> None:
    exports.new(tmp_path)
    (tmp_path / "app.zip").write_bytes(b"secret")
    assert exports.path(tmp_path, token) is None
