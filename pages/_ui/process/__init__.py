"""The page of processes: what is asked, the map, and the ways of looking closer."""
