"""The days of the week that an article names: two accounts of one event seldom name different ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAMES = {
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "ca": "dilluns dimarts dimecres dijous divendres dissabte diumenge",
    "cs": "pondělí úterý středu čtvrtek pátek sobotu neděli",
    "da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "no": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "pl": "poniedziałek wtorek środę czwartek piątek sobotę niedzielę",
    "pt": "segunda terça quarta quinta sexta sábado domingo",
    "ro": "luni marți miercuri joi vineri sâmbătă duminică",
    "ru": "понедельник вторник среду четверг пятницу субботу воскресенье",
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
    "tr": "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    "uk": "понеділок вівторок середу четвер п'ятницю суботу неділю",
}
"""From Monday to Sunday, in the form that a sentence has them in when it says on which day something was."""
_DAYS = {language: {name: day for day, name in enumerate(names.split())} for language, names in _NAMES.items()}


def weekdays_in(words: Iterable[str], language: str) -> frozenset[int]:
    """Return the days of the week among words, 0 for Monday; none in a language whose names are not known."""
    days = _DAYS.get(language, {})
    return frozenset(days[word] for word in days.keys() & frozenset(words))
