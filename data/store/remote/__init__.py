"""What several machines share beside the tables: originals, the journal, and where the files lie."""
