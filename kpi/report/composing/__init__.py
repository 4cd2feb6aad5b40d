"""From figures to a Report: asked once for many subjects, each limited to what its reader may see."""

from kpi.report.composing.asked import Asked, asking
from kpi.report.composing.compose import compose, compose_each
from kpi.report.composing.editions import edition_of, latest
from kpi.report.composing.subjects import everyone, subject_of, subjects

__all__ = ["Asked", "asking", "compose", "compose_each", "edition_of", "everyone", "latest", "subject_of", "subjects"]
