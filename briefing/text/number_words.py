"""Words for numbers, by language: values, multiples, vague amounts, and what stands before an amount.

Lists of our own. "One" is left out: it is an article in most languages, and a single person is no figure to compare.
"""

from __future__ import annotations

from enum import StrEnum


class Hedge(StrEnum):
    """What a text says of the exactness of a figure."""

    NONE = ""
    ABOUT = "about"
    NEARLY = "nearly"
    AT_LEAST = "at-least"
    UP_TO = "up-to"


VALUES = {
    "en": """
        two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13
        fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40
        fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 hundred=100 dozen=12""",
    "fr": """
        deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 treize=13 quatorze=14
        quinze=15 seize=16 vingt=20 vingts=20 trente=30 quarante=40 cinquante=50 soixante=60 septante=70
        huitante=80 nonante=90 cent=100 cents=100""",
    "es": """
        dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 trece=13 catorce=14
        quince=15 dieciséis=16 diecisiete=17 dieciocho=18 diecinueve=19 veinte=20 veintiún=21 veintiuno=21
        veintidós=22 veintitrés=23 veinticuatro=24 veinticinco=25 veintiséis=26 veintisiete=27 veintiocho=28
        veintinueve=29 treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90 cien=100
        ciento=100 doscientos=200 doscientas=200 trescientos=300 trescientas=300 cuatrocientos=400
        cuatrocientas=400 quinientos=500 quinientas=500 seiscientos=600 seiscientas=600 setecientos=700
        setecientas=700 ochocientos=800 ochocientas=800 novecientos=900 novecientas=900""",
    "de": """
        zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwölf=12 dreizehn=13
        vierzehn=14 fünfzehn=15 sechzehn=16 siebzehn=17 achtzehn=18 neunzehn=19 zwanzig=20 dreißig=30
        dreissig=30 vierzig=40 fünfzig=50 sechzig=60 siebzig=70 achtzig=80 neunzig=90 hundert=100 einhundert=100
        zweihundert=200 dreihundert=300 vierhundert=400 fünfhundert=500""",
    "ar": """
        ثلاثة=3 ثلاث=3 أربعة=4 أربع=4 خمسة=5 خمس=5 ستة=6 ست=6 سبعة=7 سبع=7 ثمانية=8 ثماني=8 ثمان=8 تسعة=9 تسع=9
        عشرة=10 عشر=10 عشرون=20 عشرين=20 ثلاثون=30 ثلاثين=30 أربعون=40 أربعين=40 خمسون=50 خمسين=50 ستون=60
        ستين=60 سبعون=70 سبعين=70 ثمانون=80 ثمانين=80 تسعون=90 تسعين=90 مئة=100 مائة=100 مئتان=200 مئتين=200
        مئتي=200 مائتان=200 مائتين=200 مائتي=200 ثلاثمئة=300 ثلاثمائة=300 أربعمئة=400 أربعمائة=400 خمسمئة=500
        خمسمائة=500""",
}
"""Words that add up (`twenty-five`), and hundreds, which multiply what stands before them."""

MULTIPLES = {
    "en": "thousand=1e3 million=1e6 billion=1e9 trillion=1e12",
    "fr": "mille=1e3 million=1e6 millions=1e6 milliard=1e9 milliards=1e9",
    "es": "mil=1e3 millón=1e6 millones=1e6",
    "de": "tausend=1e3 Million=1e6 Millionen=1e6 Milliarde=1e9 Milliarden=1e9",
    "ar": "ألف=1e3 ألفا=1e3 آلاف=1e3 مليون=1e6 مليونا=1e6 ملايين=1e6 مليار=1e9 مليارات=1e9",
}
"""Words that multiply a number before them."""

ALONE = {
    "en": "",
    "fr": "mille=1e3",
    "es": "mil=1e3",
    "de": "tausend=1e3",
    "ar": "ألفي=2e3 ألفان=2e3 ألفين=2e3 ألف=1e3",
}
"""Multiples that are a number by themselves."""
ONE = {"en": "an?|one", "fr": "un", "es": "un", "de": "eine?", "ar": ""}
"""What says "one" before a multiple: a million, un milliard."""

ROUND = {
    "en": "half a dozen=6|a dozen=12|a hundred=100|a thousand=1e3|a million=1e6",
    "fr": """
        une dizaine=10|une douzaine=12|une quinzaine=15|une vingtaine=20|une trentaine=30|une quarantaine=40|
        une cinquantaine=50|une soixantaine=60|une centaine=100|un millier=1e3""",
    "es": "una decena=10|una docena=12|una quincena=15|una veintena=20|una treintena=30|un centenar=100|un millar=1e3",
    "de": "ein Dutzend=12",
    "ar": "",
}
"""Numbers that are round by their word."""

VAGUE = {
    "en": """
        tens of thousands=2e4-1e5|hundreds of thousands=2e5-1e6|several thousand=2e3-1e4|
        several thousands=2e3-1e4|a few thousand=2e3-1e4|several hundreds=200-1e3|several hundred=200-1e3|
        a few hundred=200-1e3|several dozen=24-100|a few dozen=24-100|dozens=24-100|scores=40-200|
        hundreds=200-1e3|thousands=2e3-1e4""",
    "fr": """
        plusieurs dizaines de milliers=2e4-1e5|des dizaines de milliers=2e4-1e5|plusieurs centaines=200-1e3|
        quelques centaines=200-1e3|des centaines=200-1e3|plusieurs dizaines=20-100|quelques dizaines=20-100|
        des dizaines=20-100|plusieurs milliers=2e3-1e4|quelques milliers=2e3-1e4|des milliers=2e3-1e4""",
    "es": """
        decenas de miles=2e4-1e5|varios centenares=200-1e3|cientos=200-1e3|centenares=200-1e3|
        varias decenas=20-100|decenas=20-100|varios miles=2e3-1e4|miles=2e3-1e4""",
    "de": """
        Zehntausende=2e4-1e5|Hunderttausende=2e5-1e6|mehrere hundert=200-1e3|Hunderte=200-1e3|
        mehrere Dutzend=24-100|Dutzende=24-100|mehrere tausend=2e3-1e4|Tausende=2e3-1e4""",
    "ar": """
        عشرات الآلاف=2e4-1e5|عشرات آلاف=2e4-1e5|عدة مئات=200-1e3|بضع مئات=200-1e3|مئات=200-1e3|بضع عشرات=20-100|
        عشرات=20-100|عدة آلاف=2e3-1e4|بضعة آلاف=2e3-1e4""",
}
"""Amounts that name no number, with the bounds that they are taken for: they agree or say nothing, never differ."""

HEDGES = {
    "en": {
        Hedge.ABOUT: "about|some|around|roughly|approximately|an estimated|estimated|perhaps|approximate",
        Hedge.NEARLY: "nearly|almost|close to|just under|just short of",
        Hedge.AT_LEAST: """
        at least|at the least|more than|over|no fewer than|no less than|not less than|upwards of|well over|
        well above|a minimum of|in excess of""",
        Hedge.UP_TO: "up to|as many as|at most|fewer than|less than|under|no more than|a maximum of|at the most",
    },
    "fr": {
        Hedge.ABOUT: "environ|quelque|à peu près|autour de|approximativement|de l'ordre de",
        Hedge.NEARLY: "près de|près d'|presque|quasiment|pas loin de",
        Hedge.AT_LEAST: "au moins|plus de|plus d'|pas moins de|au minimum|un minimum de",
        Hedge.UP_TO: "jusqu'à|au plus|moins de|moins d'|au maximum|un maximum de",
    },
    "es": {
        Hedge.ABOUT: "unos|unas|alrededor de|aproximadamente|en torno a",
        Hedge.NEARLY: "casi|cerca de|poco menos de",
        Hedge.AT_LEAST: "al menos|por lo menos|más de|como mínimo|no menos de|un mínimo de",
        Hedge.UP_TO: "hasta|a lo sumo|menos de|como máximo|un máximo de",
    },
    "de": {
        Hedge.ABOUT: "etwa|rund|ungefähr|circa|zirka|schätzungsweise",
        Hedge.NEARLY: "knapp|fast|beinahe|nahezu",
        Hedge.AT_LEAST: "mindestens|wenigstens|mehr als|über|zumindest|gut",
        Hedge.UP_TO: "bis zu|höchstens|weniger als|maximal|unter",
    },
    "ar": {
        Hedge.ABOUT: "نحو|حوالي|حوالى|زهاء|ما يقدر بنحو",
        Hedge.NEARLY: "قرابة|ما يقارب|ما يقرب من",
        Hedge.AT_LEAST: "أكثر من|ما لا يقل عن|ما يزيد على|ما يزيد عن",
        Hedge.UP_TO: "أقل من|ما يصل إلى|نحو ما يصل إلى",
    },
}
"""What stands right before an amount, by what it says of it."""

BETWEEN = {
    "en": ("between", "and"),
    "fr": ("entre", "et"),
    "es": ("entre", "y"),
    "de": ("zwischen", "und"),
    "ar": ("بين", "و"),
}
TO = {"en": "to|or", "fr": "à|ou", "es": "a|o", "de": "bis|oder", "ar": "إلى"}
"""What joins the ends of a range."""

PERCENT = {
    "en": "percent|per cent",
    "fr": "pour cent",
    "es": "por ciento",
    "de": "Prozent",
    "ar": "في المئة|في المائة|بالمئة|بالمائة",
}
MONEY = {
    "en": "dollars|dollar|euros|euro|pounds",
    "fr": "de dollars|dollars|d'euros|euros|euro",
    "es": "de dólares|dólares|de euros|euros|euro",
    "de": "Euro|Dollar|Franken",
    "ar": "دولار|دولارا|دولارات|يورو",
}
CURRENCIES = dict.fromkeys(("$", "dol", "dól", "دول"), "dollar") | dict.fromkeys(("€", "eur", "يور"), "euro")
CURRENCIES |= {"£": "pound", "pou": "pound", "fra": "franc"}
"""A currency by its sign, or by the first letters of its name."""
SIGN_LETTERS = "uac"
"""Letters that stand before a dollar's sign: US$, A$, C$."""
AND = {"en": "and", "fr": "et", "es": "y", "de": "und", "ar": "و"}
"""What joins the words of a number: one hundred and five, treinta y uno."""
