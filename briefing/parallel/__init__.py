"""Work done in other processes, which may die."""
