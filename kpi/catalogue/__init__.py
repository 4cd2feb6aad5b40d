"""What is measured, as entries of TOML: one file an area, one table a KPI."""

from kpi.catalogue.collection import Catalogue
from kpi.catalogue.loader import catalogue

__all__ = ["Catalogue", "catalogue"]
