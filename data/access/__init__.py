"""Who may see which rows: people, scopes, and the Reader that every query goes through."""
