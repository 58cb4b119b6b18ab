"""Words, folding, stems and stop words: a table per language."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.text import fold, stem, stems, stop_words, words

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "ru", "uk", "ar", "tr", "fa", "zh")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The U.S.-led force, he said, didn't move.", "the us led force he said didn't move"),
        ("en", "Al-Hol’s camp", "al hol's camp"),
        ("en", "At 7:30 p.m. 1,200 of 5.000 left: 3.5%, the 5th G7.", "at 7:30 pm 1,200 of 5.000 left 3.5 the 5th g7"),
        ("en", "COVID-19 in 2019 100 times", "covid 19 in 2019 100 times"),
        ("en", "snake_case *bold*", "snake case bold"),
        ("fr", "L’armée d'Irak, qu'il a vue aujourd’hui", "l armée d irak qu il a vue aujourd'hui"),
        ("fr", "Lorsqu’elle a-t-elle", "lorsqu elle a t elle"),
        ("it", "dell'esercito un'altra c'è", "dell esercito un altra c è"),
        ("ca", "l'exèrcit d'Aragó", "l exèrcit d aragó"),
        ("de", "Die Straße, ÜBER den Fluß", "die strasse über den fluss"),
        ("tr", "IĞDIR'da İZMİR", "ığdır'da izmir"),
        ("en", "İzmir", "izmir"),
        ("ar", "الجَيْشُ السُّورِيُّ قـــال", "الجيش السوري قال"),
        ("fa", "می‌شود", "میشود"),
        ("ru", "и т.д. в 2016 г.", "и тд в 2016 г"),
        ("hi", "हिन्दी में", "हिन्दी में"),
        ("zh", "中国人 A", "中国 国人 a"),
        ("zh", "他", "他"),
        ("th", "กข", "กข"),
        ("en", "… — !", ""),
    ],
)
def test_words(language: str, text: str, expected: str) -> None:
    assert words(text, language) == tuple(expected.split())


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f", "\u2009"])
def test_numbers_with_blanks_are_one_word(blank: str) -> None:
    assert words(f"quelque 20{blank}000 civils", "fr") == ("quelque", "20 000", "civils")


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Été", "ete"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("œuvre", "oeuvre"),
        ("Łódź", "lodz"),
        ("Iğdır", "igdir"),
        ("йод", "йод"),
        ("Її", "її"),
        ("ёлка", "елка"),
        ("إسلامية", "اسلاميه"),
        ("على", "علي"),
        ("ایران", "ايران"),
        ("٣٠٠", "300"),
        ("d’Or", "d'or"),
        ("ガ", "ガ"),
        ("한국", "한국"),
    ],
)
def test_fold(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("language", "family"),
    [
        ("en", "fighter fighters fighter's"),
        ("fr", "combattant combattante combattants"),
        ("fr", "libéré libérés liberer"),
        ("fr", "détenu détenus détenue détenues"),
        ("de", "Kämpfer Kämpfern"),
        ("es", "ciudad ciudades"),
        ("pt", "coalizão coalizões"),
        ("ar", "معتقل معتقلين المعتقلين والمعتقلين"),
        ("ar", "مخيم المخيم مخيمات والمخيمات"),
        ("es", "ataque ataques"),
        ("it", "soldato soldati"),
        ("pt", "soldado soldados"),
        ("nl", "strijder strijders"),
        ("ru", "солдат солдаты солдатами"),
        ("uk", "військо війська військом"),
        ("ar", "المقاتلون مقاتلون"),
        ("tr", "asker askerler askerleri"),
        ("fa", "کتاب کتاب‌ها"),
    ],
)
def test_inflections_share_a_stem(language: str, family: str) -> None:
    assert len(set(stems(words(family, language), language))) == 1


def test_a_language_without_stemmer_keeps_the_word() -> None:
    assert stem("čeština", "xx") == "cestina"
    assert stems(("中国", "人"), "zh") == ("中国", "人")


def test_stems_are_the_same_from_every_thread() -> None:
    found = words(
        " ".join(f"المقاتلون{letter} الجيوش{letter} والمدن" for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"), "ar"
    )
    with ThreadPoolExecutor(8) as pool:
        results = set(pool.map(lambda _: stems(found, "ar"), range(16)))
    assert len(results) == 1
    assert stems(found, "ar") in results


@pytest.mark.parametrize(
    ("language", "listed"),
    [
        ("en", "the of it's don't us"),
        ("fr", "plus cette être etre à a l d qu celle ci où"),
        ("de", "über uber daß dass für"),
        ("es", "según él también"),
        ("it", "perché è dell"),
        ("pt", "não à também"),
        ("nl", "het één een zijn"),
        ("ru", "который её ее это"),
        ("uk", "який їх це"),
        ("ar", "إلى الى الي التي هذا"),
        ("tr", "için değil çok bir"),
        ("fa", "است می\u200cشود که"),
        ("zh", "的 我们"),
    ],
)
def test_stop_words_match_words(language: str, listed: str) -> None:
    assert set(words(listed, language)) <= stop_words(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_stop_words_are_words(language: str) -> None:
    found = stop_words(language)
    assert len(found) > 90
    assert all(words(word, language) == (word,) for word in found)


def test_an_unknown_language_has_no_stop_words() -> None:
    assert stop_words("xx") == frozenset()


@pytest.mark.parametrize("word", ["état", "syrie", "militaire", "personnes"])
def test_words_that_carry_meaning_are_no_stop_words(word: str) -> None:
    assert word not in stop_words("fr")


@given(st.text(max_size=200), st.sampled_from((*LANGUAGES, "th", "und")))
@settings(max_examples=300)
def test_any_text_gives_words_and_as_many_stems(text: str, language: str) -> None:
    found = words(text, language)
    assert all(word.strip() == word and word for word in found)
    assert len(stems(found, language)) == len(found)


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)
