"""What is said of a KPI's figure, on a card, in a headline and in a report alike."""

from kpi.figures.figure import JUDGED, Figure, gap, judged

__all__ = ["JUDGED", "Figure", "gap", "judged"]
