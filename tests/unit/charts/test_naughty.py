"""No name of a member can break a chart."""

import json
from pathlib import Path

import pytest
import vl_convert

from kpi.charts import breakdown, small_multiples, trend
from kpi.language import language
from tests.unit.charts.frames import a_frame, a_kpi

MEAN = [
    "", " ", "a.b", "a[0]", "datum.c0", "'", '"', "\\", "</script><script>alert(1)</script>", "{n}", "%s", "${x}",
    "\x00\x01\x1b[31m", "\ufffe\uffff", "null", "NaN", "constructor", "__proto__", "a\nb\tc", "😀" * 40, "ﷺ", "я" * 300,
    "http://a.b/![x](y)", "‮обратно", "1;DROP TABLE", "c12", "=1+1",
]  # fmt: skip


@pytest.mark.parametrize("begin", range(0, len(MEAN), 18))
def test_mean_names(begin: int) -> None:
    names = MEAN[begin : begin + 18]
    frame = a_frame([3.0, 4.0, 5.0], names)
    for drawn in (
        breakdown(frame, a_kpi(), names[0], language("ru"), "light"),
        small_multiples(frame, a_kpi(), language("ru"), "dark", names[-1]),
        trend(a_frame([3.0, 4.0], names[:6]), a_kpi(), language("en"), "light", names[2]),
    ):
        said = json.dumps(drawn.standalone(350, "light"))
        assert "\\u0000" not in said
        assert "</svg>" in vl_convert.vegalite_to_svg(said)


@pytest.mark.slow
@pytest.mark.real_data
def test_the_big_list_of_naughty_strings(real_data: Path) -> None:
    lines = (real_data / "blns.txt").read_text("utf-8", errors="replace").splitlines()
    names = list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))
    for begin in range(0, len(names), 20):
        drawn = breakdown(a_frame([3.0], names[begin : begin + 20]), a_kpi(), "Name", language("ru"), "light")
        assert "</svg>" in vl_convert.vegalite_to_svg(json.dumps(drawn.standalone(640, "light")))
        assert len(drawn.members) == len(names[begin : begin + 20])
