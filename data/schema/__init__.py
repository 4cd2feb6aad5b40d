"""What a business records: one TOML a fact, read by `data.schema.loader`."""
