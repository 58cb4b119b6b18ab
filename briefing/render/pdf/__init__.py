"""All that knows how WeasyPrint works inside."""
