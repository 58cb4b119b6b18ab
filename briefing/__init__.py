"""Makes one brief out of a day's articles: every sentence quoted word for word, with its source."""

__version__ = "0.1.0"
