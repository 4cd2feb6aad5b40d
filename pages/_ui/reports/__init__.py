"""The screen of reports: whose, which period, as their readers see it, to take away in any form."""
