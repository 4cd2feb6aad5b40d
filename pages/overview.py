"""Overview: is it fine, what is not, and how fresh is what we know."""

from pages._ui import cards, filters, frame, freshness, headline, key_kpis, matrix, navigation
from pages._ui.session import View


def overview(view: View) -> None:
    """One sentence, the key KPIs as cards, teams × KPIs, freshness."""
    chosen = filters.row(view)
    shown = key_kpis.shown(view, chosen)
    frame.headline(headline.sentence(view, shown, chosen))
    if headline.is_empty(shown):
        return
    cards.grid(view, shown, chosen)
    if not key_kpis.chosen(view):
        navigation.link("targets", view.language.t("Choose the key KPIs yourself"), icon=":material/tune:")
    matrix.show(view, shown, chosen)
    freshness.show(view)


frame.show(overview)
