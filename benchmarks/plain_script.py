"""The script that anyone would write in an afternoon, to be measured against: python plain_script.py FOLDER OUT.pdf.

sumy's LexRank for each file, a count of keywords for its theme, one WeasyPrint document. No dates, no sources, no
languages, no copies: the least that could be called a brief.
"""

from __future__ import annotations

import re
import sys
from html import escape
from pathlib import Path

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words
from weasyprint import HTML

KEYWORDS = {
    "Territory": ("territory", "enclave", "baghouz", "village", "poche"),
    "Detainees": ("detain", "prison", "surrender", "al-hol", "captur"),
    "Coalition posture": ("coalition", "troops", "withdraw", "air strike", "troupes"),
    "Other": ("",),
}


class Words:
    """A tokenizer in sumy's sense: sentences end at a stop and a blank, words are runs of letters."""

    def to_sentences(self, text: str) -> tuple[str, ...]:
        """Split a paragraph."""
        return tuple(part for part in re.split(r"(?<=[.!?])\s+", text) if part)

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Split a sentence."""
        return tuple(re.findall(r"\w+", sentence.lower()))


def theme_of(text: str) -> str:
    """Return the theme whose keywords occur most often."""
    counts = {theme: sum(text.lower().count(word) for word in words if word) for theme, words in KEYWORDS.items()}
    best = max(counts, key=lambda theme: counts[theme])
    return best if counts[best] else "Other"


def main(folder: str, out: str) -> None:
    """Read, rank, sort, set."""
    summarizer = LexRankSummarizer(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    tokenizer = Words()
    sections: dict[str, list[str]] = {theme: [] for theme in KEYWORDS}
    for path in sorted(Path(folder).glob("*.*")):
        text = path.read_text("utf-8")
        lines = [line for line in text.splitlines() if line.strip()]
        paragraphs = [Paragraph([Sentence(s, tokenizer) for s in tokenizer.to_sentences(line)]) for line in lines]
        chosen = "".join(f"<p>{escape(str(s))}</p>" for s in summarizer(ObjectDocumentModel(paragraphs), 3))
        sections[theme_of(text)].append(f"<h3>{escape(path.name)}</h3>{chosen}")
    body = "".join(f"<h2>{theme}</h2>{''.join(stories)}" for theme, stories in sections.items())
    HTML(string=f"<h1>Brief</h1>{body}").write_pdf(out)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
