"""What a running period will come to, with an interval, and how well the same was foretold before."""

from kpi.forecast.chance import chance_of_meeting
from kpi.forecast.model import Course, Days, Forecast, Method, Past, Span
from kpi.forecast.sums import forecast_sum

__all__ = ["Course", "Days", "Forecast", "Method", "Past", "Span", "chance_of_meeting", "forecast_sum"]
