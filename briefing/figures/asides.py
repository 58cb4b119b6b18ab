"""Figures that a sentence tells beside the event's own count: a part of it, one of another time, of what came later."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from briefing.figures.counting import Span

_BREAK = re.compile(r"[;:!?()«»“”\"]|\.(?=\s|$)|[,،]\s|\s[–—]\s")
"""Where a clause may end."""


FOLLOWED = frozenset({"killed", "wounded", "missing", "custody"})
"""What befalls people of whom fewer are counted again afterwards: treated, buried, tried."""


class Cues(NamedTuple):
    """Patterns of a language."""

    part_behind: str
    """Right behind an amount: five of those."""
    part_before: str
    """At the beginning of its statement, or right before it: of the dead, 12; of whom five."""
    at_first: str
    """A count that others were added to, or that is added: on the spot, later in hospital."""
    ago: str
    """Another time, before the figure in its clause or behind it."""
    once: str
    """A clause that sets another time for the next: six months ago, a bomb killed 43."""
    afterwards: str
    """What is done with the dead and for them, which fewer are counted at."""


CUES = {
    "en": Cues(
        part_behind=r"of (?:those|them|the|whom|these|its|their|his|her)|among (?:them|those|the)",
        part_before=r"(?:of|among) (?:the|those|these|its|their)",
        at_first=(
            r"initially|at first|at once|instantly|(?:killed|died) immediately|outright|on the spot|at the scene"
            r"|first (?:reported|said)"
            r"|(?:died|dying|succumbed)(?: \w+){0,3} (?:later|afterwards|hospital|wounds|injuries)"
            r"|later (?:died|succumbed)"
            r"|(?:an?|the) (?:first|second|third|separate|other) (?:two|three|one|bomb|blast|attack|strike|raid)"
            r"|(?:inside|outside|indoors|upstairs) and"
            r"|from (?:the same|one|a single)|members of (?:the same|one|a single)|alone"
            r"|(?:seriously|critically|badly|severely|slightly|lightly) (?:injur|wound|hurt)\w*"
        ),
        ago=(
            r"(?:minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries) (?:after|before|since|earlier|ago)"
            r"|(?:day|week|month|year|decade)s?['’]s? anniversary|anniversary|commemorat\w+|remember(?:ed|ing|s)?"
            r"|in memory|yesteryear|once before|the previous|reminiscent|recall(?:ed|ing|s)?|unlike|yet to|avenge\w*"
            r"|compared (?:with|to)|(?:in|since) (?:\w+ )?(?:19|20)\d\d"
            r"|(?:bombs?|attacks?|blasts?|strikes?|ones?|others?) like|like (?:that|those|the one)"
        ),
        once=r"(?:[\w-]+ ){1,4}(?:ago|earlier|before)|(?:of|out of) .+",
        afterwards=(
            r"identif\w+|bur(?:y|ied|ial|ials|ying)|funerals?|mourn\w*|recovered|retrieved|exhum\w+|laid to rest"
            r"|repatriat\w+"
            r"|handed over|autops\w+|death certificates?|unclaimed|morgues?|named|compensat\w+|bodies|corpses"
            r"|charged|sentenced"
            r"|convicted|trial"
            r"|treated|treating|hospitali[sz]ed|admitted|received|court"
            r"|(?:families|relatives|widows|orphans|parents|names|photos|portraits) of"
        ),
    ),
    "fr": Cues(
        part_behind=r"des|d['’]entre|de ces|de ceux|de celles|parmi",
        part_before=r"parmi (?:les|ces|ceux|celles)|sur les|d['’]entre|au nombre des",
        at_first=(
            r"initialement|d['’]abord|sur le coup|dans un premier temps|au départ|immédiatement|sur-le-champ"
            r"|plus tard|par la suite|à l['’]hôpital|de leurs blessures|ensuite"
            r"|d['’]une même|de la même|à (?:elle|lui) seule?|(?:grièvement|légèrement|gravement) bless\w+"
        ),
        ago=(
            r"il y a"
            r"|(?:minutes?|heures?|jours?|semaines?|mois|ans?|années?|décennies?|siècles?) (?:après|avant|plus tôt)"
            r"|anniversaire|commémor\w+|en mémoire|rappel(?:le|lé|ant|lait)|la veille|contrairement|en hommage"
        ),
        once=r"il y a (?:[\w-]+ ?){1,4}",
        afterwards=(
            r"identifi\w+|inhum\w+|enterr\w+|obsèques|funérailles|dépouilles|cadavres|corps|exhum\w+|rapatri\w+"
            r"|autopsi\w+"
            r"|retrouvés|dégagés|morgues?|condamn\w+|procès|indemnis\w+"
            r"|soign\w+|hospitalis\w+|tribunal|comparu\w*|(?:familles|proches|veuves|parents|noms|photos) de"
        ),
    ),
    "es": Cues(
        part_behind=r"de (?:los|las|ellos|ellas|esos|esas|entre)|entre (?:los|las|ellos)",
        part_before=r"(?:de|entre) (?:los|las)",
        at_first=(
            r"inicialmente|al principio|en un primer momento|en el acto|al instante|de inmediato|más tarde|después"
            r"|en el hospital|a causa de sus heridas"
            r"|de una misma|de la misma|gravemente|de gravedad"
        ),
        ago=(
            r"hace (?!\d* personas)"
            r"|(?:minutos?|horas?|días?|semanas?|meses|mes|años?|décadas?) (?:después|antes|atrás)"
            r"|aniversario|conmemor\w+|en memoria|record(?:ó|aron|ando)|a diferencia"
        ),
        once=r"hace (?:[\w-]+ ?){1,4}",
        afterwards=(
            r"identific\w+|enterr\w+|sepult\w+|funeral(?:es)?|cuerpos|cadáveres|exhum\w+|repatri\w+|autopsias?"
            r"|recuperad\w+"
            r"|hallad\w+|condenad\w+|indemniz\w+"
            r"|atendid\w+|hospitalizad\w+|ingresad\w+|tribunal|(?:familias|familiares|parientes|nombres|fotos) de"
        ),
    ),
    "de": Cues(
        part_behind=r"der|dieser|von ihnen|davon|unter ihnen",
        part_before=r"(?:von|unter) (?:den|diesen)",
        at_first=(
            r"zunächst|anfangs|sofort|auf der stelle|am unfallort|noch vor ort|später|im krankenhaus"
            r"|ihren verletzungen"
            r"|derselben|einer einzigen|allein|(?:schwer|leicht) verletzt\w*|schwerverletzte\w*"
        ),
        ago=(
            r"(?:minuten?|stunden?|tagen?|tage?|wochen?|monaten?|monate?|jahren?) (?:nach|nachdem|zuvor|vor|bevor)"
            r"|vor (?:\w+ )?(?:tagen|wochen|monaten|jahren|einem (?:jahr|monat)|einer woche)"
            r"|jahrestag\w*|gedenk\w*|erinner\w+|anders als"
        ),
        once=r"vor (?:[\w-]+ ?){1,3}",
        afterwards=(
            r"identifizier\w+|beerdig\w+|beigesetzt|begraben|bestattet|geborgen|leichen|exhumiert|überführt"
            r"|obduzier\w+"
            r"|verurteilt|entschädig\w+"
            r"|behandelt\w*|eingeliefert\w*|gericht|angehörige\w*|familien der"
        ),
    ),
    "ar": Cues(
        part_behind=r"من (?:هؤلاء|ال\w+|بين|أصل)|منهم|منها",
        part_before=r"من بين|من أصل",
        at_first=(
            r"على الفور|في البداية|فورا|في الحال|في وقت لاحق|لاحقا|متأثر\w+|في المستشفى"
            r"|عائلة واحدة|أسرة واحدة|وحدها|وحده|بجروح (?:خطيرة|بالغة)"
        ),
        ago=(
            r"(?:بعد|قبل) (?:\w+ )?(?:يوم|يومين|أيام|أسبوع|أسبوعين|أسابيع|شهر|شهرين|أشهر|عام|عامين|سنة|سنتين|سنوات)"
            r"|ذكرى|إحياء|العام الماضي"
        ),
        once=r"قبل (?:\w+ ?){1,3}",
        afterwards=(
            r"هوية|هويات|دفن\w*|تشييع|شيع\w*|جنازة|انتشال|انتشل\w*|جثة|جثث|جثامين|جثمان\w*"
            r"|محكمة|محاكمة|أسر \w+|عائلات \w+|تلقى العلاج|يتلقون العلاج"
        ),
    ),
}  # fmt: skip


def is_aside(text: str, language: str, amount: Span, span: Span, *, happening: str) -> bool:
    """Tell whether a figure is a part of another, of another time, or of what followed.

    `amount` is where its number stands, `span` where the number stands with what it counts.
    """
    part_behind, part_before, at_first, ago, once, afterwards = _patterns(language)
    start = max((end.end() for end in _BREAK.finditer(text, 0, amount.start)), default=0)
    end = next((end.start() for end in _BREAK.finditer(text, span.end)), len(text))
    if part_behind.match(text, amount.end) or part_before.match(text, start, amount.start):
        return True
    if part_before.search(text, _before(text, start), amount.start) and _leads(text, start, amount.start, part_before):
        return True
    opening = text[_before(text, start) : max(0, start - 2)].strip()
    if once.fullmatch(opening) or at_first.fullmatch(opening):
        return True
    followed = (afterwards,) if happening in FOLLOWED else ()
    return any(cue.search(text, start, end) for cue in (at_first, ago, *followed))


def _before(text: str, start: int) -> int:
    """Return where the clause before a place begins."""
    return max((end.end() for end in _BREAK.finditer(text, 0, max(0, start - 2))), default=0)


def _leads(text: str, start: int, end: int, cue: re.Pattern[str]) -> bool:
    """Tell whether a part's cue opens the clause before, or stands right before the amount: of the dead, 12."""
    opened = cue.match(text, _before(text, start))
    last = [found.end() for found in cue.finditer(text, start, end)]
    return opened is not None or (bool(last) and not text[last[-1] : end].strip())


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    behind, before, *others = CUES[language]
    return (
        re.compile(rf"\s(?:{behind})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{before})\b", re.IGNORECASE),
        *(re.compile(rf"\b(?:{cue})\b", re.IGNORECASE) for cue in others),
    )
