"""Where the API lies: what all its addresses begin with."""

PREFIX = "/api/v1"
