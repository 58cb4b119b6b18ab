"""Which language a text is in: clear ones without the model, short and mixed ones undetermined."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.text import detect, likeliest

SENTENCES = {
    "en": "The convoy left the valley before dawn and reached the second bridge by noon.",
    "fr": "Le convoi a quitté la vallée avant l'aube et a atteint le second pont vers midi.",
    "de": "Der Konvoi verließ das Tal vor Tagesanbruch und erreichte gegen Mittag die zweite Brücke.",
    "es": "El convoy salió del valle antes del amanecer y llegó al segundo puente hacia el mediodía.",
    "it": "Il convoglio ha lasciato la valle prima dell'alba e ha raggiunto il secondo ponte a mezzogiorno.",
    "pt": "O comboio deixou o vale antes do amanhecer e chegou à segunda ponte por volta do meio-dia.",
    "nl": "Het konvooi verliet de vallei voor zonsopgang en bereikte rond het middaguur de tweede brug.",
    "pl": "Konwój opuścił dolinę przed świtem i około południa dotarł do drugiego mostu.",
    "ru": "Колонна покинула долину до рассвета и к полудню вышла ко второму мосту.",
    "uk": "Колона залишила долину до світанку й опівдні дісталася другого мосту.",
    "bg": "Конвоят напусна долината преди зазоряване и стигна до втория мост около обяд.",
    "ar": "غادرت القافلة الوادي قبل الفجر ووصلت إلى الجسر الثاني عند الظهر.",
    "fa": "کاروان پیش از سپیده دم دره را ترک کرد و نزدیک ظهر به پل دوم رسید.",
    "ur": "قافلہ صبح سے پہلے وادی سے نکلا اور دوپہر تک دوسرے پل پر پہنچ گیا۔",
    "tr": "Konvoy şafaktan önce vadiden ayrıldı ve öğleye doğru ikinci köprüye ulaştı.",
    "el": "Η φάλαγγα έφυγε από την κοιλάδα πριν από την αυγή και έφτασε στη γέφυρα.",
    "he": "השיירה עזבה את העמק לפני עלות השחר והגיעה לגשר השני בצהריים.",
    "hi": "काफ़िला भोर से पहले घाटी से निकला और दोपहर तक दूसरे पुल पर पहुँच गया।",
    "zh": "车队在黎明前离开山谷，中午时分抵达第二座桥。",
    "ja": "車列は夜明け前に谷を出て、正午ごろ二つ目の橋に着いた。",
    "ko": "호송대는 동트기 전에 계곡을 떠나 정오 무렵 두 번째 다리에 도착했다.",
    "th": "ขบวนรถออกจากหุบเขาก่อนรุ่งสางและถึงสะพานที่สองตอนเที่ยง",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_one_sentence_is_enough(language: str) -> None:
    assert detect(SENTENCES[language]) == language


@pytest.mark.parametrize("language", ["en", "fr", "de", "ru", "ar", "zh"])
def test_a_long_text(language: str) -> None:
    assert detect(" ".join([SENTENCES[language]] * 200)) == language


@pytest.mark.parametrize(
    "text", ["", "   ", "…", "12 300", "Baghouz", "Mustafa K.", "L’Est", "a", "la la la la la la", "北"]
)
def test_too_little_to_tell(text: str) -> None:
    assert detect(text) == "und"


@pytest.mark.parametrize(("one", "other"), [("en", "fr"), ("en", "ar"), ("fr", "de"), ("es", "ru")])
def test_mixed_halves_are_undetermined(one: str, other: str) -> None:
    assert detect(f"{SENTENCES[one]} " * 6 + f"{SENTENCES[other]} " * 6) == "und"


def test_mixed_sentences_are_undetermined() -> None:
    english = "The minister said that the law was for all of them."
    french = "Le ministre a dit que la loi est pour tous dans les villes et sur les routes."
    assert detect(f"{english} {french} {english} {french}") == "und"


def test_a_foreign_quotation_does_not_count() -> None:
    assert detect(f"{SENTENCES['en']} " * 10 + f"“{SENTENCES['fr']}” " + f"{SENTENCES['en']} " * 10) == "en"


def test_candidates_do_not_hide_another_language() -> None:
    assert detect(SENTENCES["de"], candidates=("en", "fr")) == "de"


def test_candidates_do_not_turn_a_name_into_a_text() -> None:
    assert detect("Mustafa K.", candidates=("en", "fr")) == "und"


def test_importing_loads_no_model() -> None:
    code = "import sys, briefing.text; sys.exit(any(m in sys.modules for m in ('numpy', 'py3langid', 'Stemmer')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_clear_texts_need_no_model() -> None:
    texts = [
        "The army said that it was in the hills with the men who were to go by the road on Friday. " * 5,
        "Les forces ont dit que la ville est dans les mains de l'armée et que les routes sont sûres. " * 5,
        SENTENCES["zh"] * 5,
    ]
    detecting = f"from briefing.text import detect; list(map(detect, {texts!r}))"
    code = f"import sys; {detecting}; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_any_text_has_a_tag(text: str) -> None:
    assert 2 <= len(detect(text)) <= 3
    assert detect(text) == detect(text)


@pytest.mark.parametrize(
    ("headline", "candidates", "expected"),
    [
        ("Fighters of the valley take the last bridge", ["en", "fr"], "en"),
        ("Les combattants de la vallée prennent le pont", ["en", "fr"], "fr"),
        ("Los combatientes del valle toman el puente", ["en", "es", "fr"], "es"),
        ("سقوط آخر جسر في الوادي", ["ar", "en"], "ar"),
        ("Ponte Raqqa Baghouz", ["en", "fr"], None),  # names tell nothing
        ("The bridge is closed", ["fr"], None),
        ("", ["en"], None),
    ],
)
def test_a_headline_is_guessed_among_few_without_the_model(
    headline: str, candidates: list[str], expected: str | None
) -> None:
    assert likeliest(headline, candidates) == expected
