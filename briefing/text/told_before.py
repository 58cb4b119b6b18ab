"""What a sentence takes up by its bare name, because it was told before: "The agreement had stalled"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.text.openers import Openers

_ARTICLES = {"en": "the", "fr": "le la les", "es": "el la los las"}
_NOUNS = {
    "en": """agreement announcement assault attack attacks blast bombing clashes commander deal decision draft
        explosion general group groups incident incidents killing killings measure measures meeting minister move
        offensive official officials operation plan proposal raid raids report resolution source sources spokesman
        spokesperson spokeswoman statement strike strikes talks victim victims vote""",
    "fr": """l'accord l'annonce l'assaut l'attaque attaques l'attentat attentats combats commandant décision
        l'explosion explosions frappe frappes général groupe groupes l'incident incidents ministre mesure mesures
        l'offensive l'opération opérations plan porte-parole projet raid raids rapport responsable responsables
        réunion source sources victime victimes vote""",
    "es": """acuerdo anuncio asalto ataque ataques atentado atentados bombardeo bombardeos combates comandante
        decisión explosión explosiones fuente fuentes funcionario funcionarios general grupo grupos incidente
        incidentes informe medida medidas ministro ofensiva operación operaciones plan portavoz proyecto reunión
        víctima víctimas votación""",
}
"""Events and speakers of the news that a report names in full before it names them so."""
_HAPPENINGS = {
    "en": "came comes took takes happened happens occurred occurs follows followed",
    "fr": "intervient interviennent survient surviennent",
    "es": "ocurre ocurrió ocurrieron",
}
"""What a report says of an event that it told, to tell when and where it was: "The attack comes days after"."""
_LINKS = {"en": "of to by behind for", "fr": "de à par derrière pour", "es": "de a por tras para"}

_ARTICLE_WORDS, _NOUN_WORDS, _HAPPENING_WORDS, _LINK_WORDS = (
    {language: frozenset(words.split()) for language, words in table.items()}
    for table in (_ARTICLES, _NOUNS, _HAPPENINGS, _LINKS)
)
_NOTHING: frozenset[str] = frozenset()


def takes_up(said: list[str], language: str, known: Openers) -> bool:
    """Tell whether these first words take up what was told: a bare noun and its verb, or "The aim of these actions"."""
    links = _LINK_WORDS.get(language, _NOTHING)
    triples = zip(said, said[1:], said[2:], strict=False)
    if any(link in links and this in known.pointing and shell in known.shells for link, this, shell in triples):
        return True
    with_article = said[0] in _ARTICLE_WORDS.get(language, _NOTHING)
    noun, verb = (*said[1:], "", "")[:2] if with_article else (*said, "")[:2]
    return (
        (with_article or "'" in noun)
        and noun in _NOUN_WORDS.get(language, _NOTHING)
        and (verb in known.verbs or verb in known.sayings or verb in _HAPPENING_WORDS.get(language, _NOTHING))
    )
