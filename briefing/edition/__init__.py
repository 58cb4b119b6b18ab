"""The edition: brief.json as a value, and the files on disk."""
