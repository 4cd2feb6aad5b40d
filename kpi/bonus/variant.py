"""A scheme with something else in it, for trying out.

Invariant: the weights of a variant make 100 %: what one KPI gains the others lose in proportion.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from data.errors import UnknownName, UserError
from data.message import say
from kpi.bonus.money import CENTI, HUNDRED, apportioned
from kpi.bonus.scheme import Scheme


def with_weights(scheme: Scheme, weights: Mapping[str, Decimal]) -> Scheme:
    """The scheme with some KPIs' weights set."""
    _known(scheme, weights)
    rest = HUNDRED - sum(weights.values(), Decimal(0))
    others = [m.weight for m in scheme.measures if m.kpi not in weights]
    if min(weights.values(), default=Decimal(1)) < 0 or rest < 0 or (rest > 0 and not others):
        raise UserError(say("The weights must make 100 % with those of the other KPIs."))
    shares = iter(apportioned(rest, others, CENTI))
    measures = [replace(m, weight=weights[m.kpi] if m.kpi in weights else next(shares)) for m in scheme.measures]
    return replace(scheme, measures=tuple(measures))


def with_stretch(scheme: Scheme, stretches: Mapping[str, Decimal]) -> Scheme:
    """The scheme with some KPIs' levels moved, per cent of what they are."""
    _known(scheme, stretches)
    if any(not 0 < stretch <= 1000 for stretch in stretches.values()):
        raise UserError(say("Levels are moved to above 0 and at most 1000 % of what they are."))
    measures = [replace(m, stretch=m.stretch * stretches.get(m.kpi, HUNDRED) / HUNDRED) for m in scheme.measures]
    return replace(scheme, measures=tuple(measures))


def with_caps(scheme: Scheme, caps: Mapping[str, Decimal]) -> Scheme:
    """The scheme with other payouts at some KPIs' caps."""
    _known(scheme, caps)
    if any(not HUNDRED <= cap <= 1000 for cap in caps.values()):
        raise UserError(say("The cap pays from 100 to 1000 %."))
    return replace(scheme, measures=tuple(replace(m, pays_cap=caps.get(m.kpi, m.pays_cap)) for m in scheme.measures))


def with_team_share(scheme: Scheme, share: Decimal) -> Scheme:
    """The scheme with another balance of team and person, for every KPI that has both."""
    if not 0 <= share <= HUNDRED:
        raise UserError(say("The team's part is between 0 and 100 %."))
    return replace(scheme, team_share=share)


def _known(scheme: Scheme, names: Mapping[str, Decimal]) -> None:
    known = {measure.kpi for measure in scheme.measures}
    for name in names:
        if name not in known:
            raise UnknownName(say("«{name}» is not in the scheme.", name=name))
