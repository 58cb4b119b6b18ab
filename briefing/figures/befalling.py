"""What befalls what is counted, across languages, and what can befall what.

Word forms of our own, as they are written; the names of the classes are those of the labels that a page prints.
"""

from __future__ import annotations

from briefing.figures.counted import MONEY, PEOPLE, PERSONS, SHARE

HAPPENINGS: dict[str, dict[str, str]] = {
    "killed": {
        "en": """
            killed kill kills killing dead died die dies death deaths bodies slain perished fatalities executed
            massacred lives deadly martyred corpses fatally""",
        "fr": """
            tué tués tuée tuées tuer tuant mort morts morte mortes mourir décédé décédés décédées décès périr péri
            exécutés abattus vie corps meurtrière meurtrier""",
        "es": """
            muerto muertos muerta muertas murió murieron mató mataron matar fallecido fallecidos fallecieron muertes
            asesinados asesinadas cadáveres mortales vida""",
        "de": "tote toten tot getötet getöteten starben gestorben starb ums todesopfer tötete töteten leichen",
        "ar": """
            قتل قتلت قتلوا قتلى قتيل قتيلا مقتل توفي توفيت توفوا وفاة مات ماتوا استشهد استشهاد لقوا مصرع جثة جثث
            وفيات""",
    },
    "wounded": {
        "en": "wounded wounding wounds injured injuring injures injuries hurt",
        "fr": "blessé blessés blessée blessées blessant",
        "es": "herido heridos herida heridas lesionados hirieron",
        "de": "verletzt verletzte verletzten verwundet",
        "ar": "جرح جرحى جريح جريحا إصابة أصيب أصيبوا مصاب مصابا مصابين جرحوا",
    },
    "missing": {
        "en": "missing unaccounted",
        "fr": "disparu disparus disparues",
        "es": "desaparecidos desaparecido desaparecidas",
        "de": "vermisst vermisste vermissten",
        "ar": "مفقود مفقودا مفقودين",
    },
    "custody": {
        "en": """
            surrendered surrender surrenders surrendering captured capturing arrested arrest arrests arresting
            detained detaining custody apprehended apprehending nabbed nabbing screening imprisoned jailed""",
        "fr": """
            rendus rendues reddition redditions capturé capturés arrêtés arrêtées arrestations arrestation
            interpellés interpellées interpellations détenus détenues incarcérés""",
        "es": """
            rindieron rendición rendido capturados capturaron detenidos detenidas detuvieron arrestados arrestaron""",
        "de": "ergaben ergeben festgenommen verhaftet gefangengenommen inhaftiert festnahmen",
        "ar": "استسلم استسلموا استسلام اعتقل اعتقلت اعتقال أسر توقيف أوقف أوقفت سلموا",
    },
    "arrived": {
        "en": "reached arrived arrive arriving arrivals arrival",
        "fr": "arrivé arrivés arrivées arrivée arrivent rejoint",
        "es": "llegaron llegado llegada llegadas llegan",
        "de": "angekommen eingetroffen erreichten erreicht trafen",
        "ar": "وصل وصلت وصلوا وصول استقبل استقبلت قادمين وافدين وافدون",
    },
    "left": {
        "en": "left fled fleeing flee evacuated evacuation evacuating displaced departed leaving",
        "fr": "quitté quittent fui fuient fuir évacués évacuées évacuer déplacés partis parties",
        "es": "huyeron huido huir evacuados evacuadas evacuaron abandonaron salieron desplazados desplazadas",
        "de": "geflohen flohen fliehen evakuiert verlassen verließen vertrieben",
        "ar": "غادر غادرت غادروا فر فروا نزح نزحوا نزوح أجلي إجلاء خرج خرجوا خروج",
    },
    "freed": {
        "en": "freed released rescued rescuing liberated",
        "fr": "libérés libérées libérer secourus secourues",
        "es": "liberados liberadas liberaron rescatados",
        "de": "befreit freigelassen gerettet",
        "ar": "أفرج إفراج أطلق حرر إنقاذ",
    },
    "remain": {
        "en": "remain remains remaining trapped besieged hiding holed",
        "fr": "restent reste retranchés assiégés terrent piégés",
        "es": "permanecen quedan atrapados sitiados",
        "de": "verbleiben eingeschlossen verschanzt",
        "ar": "بقي يبقى سيبقون محاصر محاصرون محاصرين يختبئون",
    },
    "destroyed": {
        "en": "destroyed destroying damaged damaging destruction",
        "fr": "détruit détruits détruite détruites endommagés endommagées",
        "es": "destruido destruidos destruidas destruyeron dañados dañadas",
        "de": "zerstört zerstörten beschädigt",
        "ar": "دمر دمرت تدمير تضرر تضررت",
    },
    "gathered": {
        "en": "marched marching rallied gathered protested demonstrated attended",
        "fr": "manifesté rassemblés défilé rassemblées",
        "es": "manifestaron marcharon concentraron",
        "de": "demonstrierten demonstriert versammelten",
        "ar": "تظاهر تظاهروا احتشد",
    },
    "struck": {
        "en": "struck carried conducted launched fired dropped",
        "fr": "mené menées effectué tirés tirées largué",
        "es": "lanzaron lanzó realizó realizaron",
        "de": "flog flogen geflogen abgefeuert",
        "ar": "نفذ نفذت شن شنت أطلقت",
    },
    "lost": {
        "en": "loss losses losing",
        "fr": "perte pertes perdu",
        "es": "pérdida pérdidas perdió perdido",
        "de": "verlust verluste verlor",
        "ar": "خسارة خسائر خسر",
    },
    "damage": {
        "en": "damage damages",
        "fr": "dégâts dommages",
        "es": "daños",
        "de": "schaden schäden",
        "ar": "أضرار",
    },
    "turnout": {
        "en": "turnout",
        "fr": "participation",
        "es": "participación",
        "de": "wahlbeteiligung",
        "ar": "المشاركة",
    },
}

BEFALLS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("killed", "wounded", "missing", "custody", "arrived", "left", "freed", "remain", "gathered"), PERSONS
    ),
    "destroyed": frozenset({"buildings", "places", "vehicles", "boats", "tents", "hectares"}),
    "struck": frozenset({"strikes", "missiles"}),
    "lost": frozenset({MONEY}),
    "damage": frozenset({MONEY}),
    "turnout": frozenset({SHARE}),
}
"""What can befall what; anything else is a misreading (four strikes that killed are not four dead)."""
OVER_TIME = frozenset({"lost", "damage", "turnout"})
"""What adds up over a time that is named beside it, with or without a "since"."""
CASUALTIES = frozenset({"killed", "wounded", "missing"})
"""What may be counted without saying whom: 12 dead, 40 blessés."""

ALIKE: dict[str, tuple[frozenset[str], ...]] = {
    "custody": (frozenset({"fighters", "men", "captives"}),),
    "arrived": (frozenset({PEOPLE, "displaced"}),),
    "left": (frozenset({PEOPLE, "displaced"}),),
    "gathered": (frozenset({PEOPLE, "protesters"}),),
}
"""Things that are the same ones where this befalls them: who gave himself up was a fighter and is a captive."""
