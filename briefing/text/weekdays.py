"""The days of the week by name: what a report says of when it happened."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NAMES = {
    "ar": "الاثنين|الإثنين الثلاثاء الأربعاء|الاربعاء الخميس الجمعة السبت الأحد|الاحد",
    "ca": "dilluns dimarts dimecres dijous divendres dissabte diumenge",
    "cs": "pondělí úterý středa|středu čtvrtek pátek sobota|sobotu neděle|neděli",
    "da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "de": "montag dienstag mittwoch donnerstag freitag samstag|sonnabend sonntag",
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "fa": "دوشنبه سه‌شنبه چهارشنبه پنجشنبه|پنج‌شنبه جمعه شنبه یکشنبه|یک‌شنبه",
    "fi": "maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "ja": "月曜 火曜 水曜 木曜 金曜 土曜 日曜",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "no": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "pl": "poniedziałek wtorek środa|środę czwartek piątek sobota|sobotę niedziela|niedzielę",
    "pt": "segunda terça quarta quinta sexta sábado domingo",
    "ro": "luni marți miercuri joi vineri sâmbătă duminică",
    "ru": "понедельник вторник среду четверг пятницу субботу воскресенье",
    "sv": """måndag|måndagen tisdag|tisdagen onsdag|onsdagen torsdag|torsdagen fredag|fredagen lördag|lördagen
        söndag|söndagen""",
    "tr": "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    "uk": "понеділок вівторок середу четвер п'ятницю суботу неділю",
    "zh": "周一|期一 周二|期二 周三|期三 周四|期四 周五|期五 周六|期六 周日|期日|期天",
}
"""From Monday to Sunday, other forms behind a bar: above all those by which a sentence says when something was."""


def weekdays_in(found: Iterable[str], language: str) -> frozenset[int]:
    """Return the days of the week among the words of a text, 0 for Monday; none in a language that is not listed."""
    names = weekday_names(language)
    return frozenset(names[word] for word in names.keys() & frozenset(found))


@lru_cache(maxsize=64)
def weekday_names(language: str) -> Mapping[str, int]:
    """Return the words that name a day of the week, with the day: 0 for Monday."""
    days = enumerate(_NAMES.get(language, "").split())
    return {word: day for day, forms in days for form in forms.split("|") for word in words(form, language)}
