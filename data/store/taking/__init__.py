"""Taking everything away: a copy of all there is, and the deletion of all there is."""
