"""KPIs of one's own on the Catalogue page: the list, the form with its help, and what a formula gives."""
