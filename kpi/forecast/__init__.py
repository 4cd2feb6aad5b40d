"""What a running period will come to, with an interval, and how well the same was foretold before."""

from kpi.forecast.asking import Asker, Told
from kpi.forecast.chance import chance_of_meeting
from kpi.forecast.model import SHARE, Course, Days, Forecast, Method, Past, Span
from kpi.forecast.sums import forecast_sum
from kpi.forecast.values import Part, PastValue, forecast_value

__all__ = [
    "SHARE", "Asker", "Course", "Days", "Forecast", "Method", "Part", "Past", "PastValue", "Span", "Told",
    "chance_of_meeting", "forecast_sum", "forecast_value",
]  # fmt: skip
