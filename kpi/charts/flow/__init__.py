"""Where the boxes and arrows of a map stand: layers from the top, few crossings, no box over another.

Invariant: pure geometry, the same for the same graph; texts, colours and charts are elsewhere.
"""

from kpi.charts.flow.layout import Graph, Layout, layout
from kpi.charts.flow.routes import Route

__all__ = ["Graph", "Layout", "Route", "layout"]
