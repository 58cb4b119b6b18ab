"""What became of an article, and why."""
