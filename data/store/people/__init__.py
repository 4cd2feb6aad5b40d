"""People under several spellings: how names are compared, and how a merge reaches every relation."""
