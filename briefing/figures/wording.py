"""The words around a figure, by language: where a count stops, since when it runs, who gave it."""

from __future__ import annotations

STOPS = {
    "en": """
        in on at by from for with to and or as who that which were was are is be been have has had said says
        into near during after before since than including but while""",
    "fr": """
        dans sur à au aux par pour avec et ou qui que ont sont a est étaient était avait dont en selon depuis
        vers lors après""",
    "es": "en por para con y o que han ha fueron fue son es estaban según desde tras durante entre",
    "de": "in im am an auf bei von vom mit und oder die der das wurden wurde sind ist waren haben hat nach seit aus",
    "ar": "في على إلى عن مع و أو الذين التي الذي كانوا كان منذ قد خلال بعد",
}
"""Words at which the search for what is counted ends."""

QUALIFYING = {
    "en": "confirmed reported other others seriously badly feared presumed known already at least severely",
    "fr": "autres grièvement légèrement gravement confirmés présumés",
    "es": "otros otras confirmados gravemente",
    "de": "weitere andere schwer leicht schwerverletzte bestätigte",
    "ar": "آخرين آخرون",
}
ADVERBIAL = {"en": "ly", "fr": "ment", "es": "mente", "de": "lich", "ar": "\0"}
"""Words, and ends of words, that may stand between an amount and what befell those that it counts."""

UNITS = {
    "en": """
        kg kilo kilogram kilogramme km kilometre kilometer mile metre meter m cm litre liter pound lb lbs ton tonne
        hour minute second day week month year of""",
    "fr": """
        kg kilos kilogrammes km kilomètres mètres litres heures minutes jours semaines mois ans années contre visant""",
    "es": "kg kilos kilogramos km kilómetros metros litros horas minutos días semanas meses años contra",
    "de": "kg kilo kilogramm km kilometer meter liter stunden minuten tage tagen wochen monate jahre jahren gegen",
    "ar": "كغ كيلوغرام كيلوغراما كيلومتر كيلومترا متر مترا ساعة ساعات دقيقة دقائق يوما أيام أسابيع أشهر سنوات",
}
"""What an amount is counted in, so that nothing behind it is what it counts."""

ACTING = {
    "en": "killing kill kills wounding injuring injures massacring executing",
    "fr": "tuant tuer blessant",
    "es": "mató mataron matar hirieron",
    "de": "tötete töteten",
    "ar": "",
}
"""Verbs of which what stands before them is who did it."""

ENDING = {
    "en": "there here overnight yesterday today last this early late when if because without under through outside",
    "fr": "", "es": "", "de": "", "ar": "",
}  # fmt: skip
"""Words behind a participle that are not whom it befell."""

HELPING = {
    "en": "was were have has had been being is are got",
    "fr": "a ont avait avaient été est sont était étaient",
    "es": "fue fueron ha han sido está están resultaron",
    "de": "wurde wurden sind ist waren worden",
    "ar": "قد كان كانوا",
}
"""Auxiliaries between what is counted and what befell it."""

INCLUDING = {
    "en": "including among them whom",
    "fr": "dont parmi eux",
    "es": "incluidos incluidas incluyendo entre ellos ellas",
    "de": "darunter davon",
    "ar": "بينهم بينها منهم منها",
}
"""Words that make a figure a part of the one before: the same befell it."""

NUMBERED = {
    "en": "division brigade battalion regiment article resolution highway route flight room unit channel no number",
    "fr": "division brigade bataillon régiment article résolution route vol chambre unité chaîne numéro",
    "es": "división brigada batallón regimiento artículo resolución ruta carretera vuelo sala unidad canal número",
    "de": "division brigade bataillon regiment artikel resolution flug zimmer einheit kanal nummer",
    "ar": "فرقة لواء كتيبة فوج مادة قرار طريق رحلة غرفة وحدة قناة رقم",
}
"""Words that a number behind them is the name of."""

TOLL = {
    "en": "toll tally", "fr": "bilan", "es": "saldo balance", "de": "opferzahl bilanz", "ar": "حصيلة",
}  # fmt: skip
"""Words before a bare number that make it a count of the dead."""

PARTIAL = {
    "en": "more further additional these those", "fr": "supplémentaires encore ces", "es": "más adicionales",
    "de": "weitere weiteren weiterer", "ar": "أخرى إضافية إضافيا",
}  # fmt: skip
"""Words that say that the number comes on top of another."""

ELSEWHERE = {
    "en": """
        also another elsewhere separate separately meanwhile second third similar could may might would fear fears
        feared expected likely rumour rumours rumor rumors if unless""",
    "fr": """
        aussi également ailleurs séparément deuxième seconde pourrait pourraient craint craignent redoute
        rumeur rumeurs""",
    "es": "también otro otra segundo segunda podría podrían teme temen esperan rumores",
    "de": "auch weitere weiterer zweite zweiter könnte könnten befürchtet befürchten gerüchte falls",
    "ar": "أيضا آخر ثان ثانية يتوقع يخشى شائعات",
}
"""Words before a figure by which it belongs to something else than the event, or is no more than expected."""

RATES = {
    "en": "each every daily per a", "fr": "chacun chacune chaque par", "es": "cada diarios por",
    "de": "je pro täglich", "ar": "كل يوميا",
}  # fmt: skip
"""Words right behind what is counted that make it a rate."""

SINCE = {
    "en": (
        r"since|so far|in (?:a )?total|altogether|overall|earlier|previous"
        r"|(?:in|over|during|for) the (?:past|last|first)|(?:last|this) (?:week|month|year)"
        r"|(?:in|of|for|during) (?:19|20)\d\d"
    ),
    "fr": (
        r"depuis|au total|jusqu['’]ici|précédent|(?:mois|an|année|semaine) derni(?:er|ère)"
        r"|(?:premi|derni)ers (?:jours|mois)|ce mois|cette (?:semaine|année)|(?:en|de) (?:19|20)\d\d"
    ),
    "es": (
        r"desde|en total|hasta ahora|hasta la fecha|anterior|(?:mes|año|semana) pasad[oa]|últim[oa]s|primer[oa]s"
        r"|est[ea] (?:mes|año|semana)|(?:en|de) (?:19|20)\d\d"
    ),
    "de": (
        r"seit|insgesamt|bislang|bisher|früher|(?:vergangen|letzt|erst)e[nrs]?|diese[mnrs] (?:woche|monat|jahr)"
        r"|(?:im jahr|von) (?:19|20)\d\d"
    ),
    "ar": r"منذ|حتى الآن|إجمالي|الماضي|الماضية|سابق|هذا العام|هذا الشهر|عام \d+",
}
"""What makes a figure one of a longer time than the day's event."""

WHEN = {
    "en": """
        january february march april may june july august september october november december spring summer
        autumn winter war conflict uprising siege offensive operation quarter half months weeks""",
    "fr": """
        janvier février mars avril mai juin juillet août septembre octobre novembre décembre printemps -
        automne hiver guerre conflit - siège offensive opération trimestre semestre mois semaines""",
    "es": """
        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre primavera
        verano otoño invierno guerra conflicto - - ofensiva - trimestre semestre meses semanas""",
    "de": """
        januar februar märz april mai juni juli august september oktober november dezember frühjahr sommer
        herbst winter krieg konflikt - - offensive - quartal halbjahr monate|monaten wochen""",
    "ar": """
        يناير فبراير|شباط مارس|آذار أبريل|نيسان مايو|أيار يونيو|حزيران يوليو|تموز أغسطس|آب سبتمبر|أيلول أكتوبر
        نوفمبر ديسمبر - - - - الحرب - - - - - الربع النصف أشهر أسابيع كانون تشرين""",
}
"""Beginnings and times that such a figure runs from, the same at the same place of each list: other forms behind a bar,
a hyphen for none. At the end what two months share: كانون, تشرين. French has no summer: "ont été tués" names none."""

REPORTED = {
    "en": "said|says|told|reported|estimated by|announced|confirmed|claimed|stated|put the (?:toll|number|figure)",
    "fr": "a (?:indiqué|déclaré|annoncé|affirmé|précisé|estimé|rapporté|assuré)|affirme|indique|estime|de source",
    "es": "dijo|afirmó|informó|indicó|declaró|señaló|aseguró",
    "de": "zufolge|sagte|sagten|teilte|erklärte|berichtete",
    "ar": "قال|قالت|أفاد|أفادت|أعلن|أعلنت|ذكر|ذكرت|أكد|أكدت",
}
"""Verbs of saying: what says who gave a figure."""

VERB_FIRST = frozenset({"fr", "es", "ar"})
"""Languages in which who speaks stands behind the verb of saying."""

GIVEN_BY = {
    "en": "according to|citing",
    "fr": "selon|d['’]après|de source",
    "es": "según|de acuerdo con",
    "de": "laut|nach angaben",
    "ar": "وفقا|وفق|بحسب|حسب",
}
"""Prepositions that do; who gave it stands behind them."""

DENIED = {
    "en": "denied denies deny denying dismissed refuted",
    "fr": "démenti dément démentent démentir nié nie",
    "es": "desmintió desmiente desmentido negó niega",
    "de": "dementierte dementiert bestritt bestreitet bestritten",
    "ar": "نفى نفت ينفي تنفي",
}
"""Verbs that take a figure back: what is denied is not told."""
