"""Which sentences can stand alone: tables per language, of what leans on its neighbour and of what only looks so."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.models import Quotability
from briefing.text.analysis import analyse
from briefing.text.quotability import quotability
from briefing.text.quotations import LONGEST_JOINED, passages, quotations
from briefing.text.sentences import split
from tests.making import article

LEANS = {
    "en": """
        He added that the road was shut.
        The bridge will open on Monday, according to the same official.
        The state stripped her of the pension last month.
        There were nine of them on the ferry.
        However, the road was shut by noon.
        But they had left the valley long before.
        It has also been accused of theft.
        It is expected to reopen the bridge on Monday.
        This was the third attack in a week.
        These have been closed since January.
        Those who stayed, he said, were counted twice.
        Most have been women and children.
        Hours later, the bridge was open again.
        The next day the convoy moved on.
        The latter refused to sign the paper.
        The smallest would leave a hundred men in the valley.
        The other two were closed in January.
        Her husband waited at the gate.
        In addition, the price of bread rose.
        Speaking in the capital, he promised new roads.
        At a meeting on Monday, she promised new roads.
        The road would be open by noon, he said.
        The bridge, she added, was never safe.
        “The road is open,” he said on Monday evening.
        (The ministry did not comment.)
        (The ministry did not comment).
        (The ministry did not comment on the bridge.
        Those remarks angered the neighbours.
        So they turned back at the river.
        The agreement had stalled by noon.
        The attack comes only days after the bridge fell.
        Others fled across the river before dawn.
        So did the price of bread in the town.
        The killings took place in the valley.
        The spokesman said the road was shut.
        The aim of these actions is to close the road.
        In the latter, the mayor led two hundred men.
        – But nobody answered the call.
        """,
    "fr": """
        Il a ajouté que la route était fermée.
        Le pont rouvrira lundi, d’après la même source.
        « Le pont rouvrira lundi », a dit le même responsable.
        Celui-ci refuse de signer le texte.
        L'attaque survient deux jours après la chute du pont.
        Cependant, la route était fermée à midi.
        Mais ils avaient quitté la vallée.
        C'est la troisième attaque de la semaine.
        Ces derniers ont quitté la vallée.
        Quant à lui, le maire refuse de signer.
        En revanche, le pont reste ouvert.
        Ses troupes tiennent encore le pont.
        Le lendemain, le convoi repartait.
        Cette décision a surpris les voisins.
        Il s’agit d’un vieux pont de pierre.
        Le premier est resté fermé lundi.
        Les autres sont rentrés chez eux.
        L’accord a été signé à midi.
        Le porte-parole a déclaré que la route était fermée.
        Le but de ces mesures est de fermer la route.
        La route sera ouverte à midi, a-t-il déclaré.
        « La route est ouverte », a-t-elle déclaré lundi soir.
        """,
    "de": """
        Er sagte, die Straße sei gesperrt.
        Allerdings war die Straße gesperrt.
        Dies war der dritte Angriff.
        Das sei der dritte Angriff gewesen.
        Seine Truppen halten die Brücke noch.
        Deshalb blieb die Brücke geschlossen.
        Am nächsten Tag fuhr der Konvoi weiter.
        Darüber hinaus stieg der Brotpreis.
        „Die Straße ist offen“, sagte sie am Montagabend.
        """,
    "es": """
        Añadió que la carretera estaba cerrada.
        Sin embargo, la carretera estaba cerrada.
        Ellos habían salido del valle.
        Este último se negó a firmar.
        Sus tropas controlan el puente.
        El portavoz dijo que la carretera estaba cerrada.
        El objetivo de esas medidas es cerrar la carretera.
        Además, subió el precio del pan.
        Al día siguiente el convoy siguió.
        """,
    "it": """
        Ha aggiunto che la strada era chiusa.
        Tuttavia la strada era chiusa.
        Quest'ultimo si rifiuta di firmare.
        I suoi soldati tengono il ponte.
        Inoltre è salito il prezzo del pane.
        """,
    "pt": """
        Acrescentou que a estrada estava fechada.
        No entanto, a estrada estava fechada.
        Ele recusou assinar o texto.
        Além disso, subiu o preço do pão.
        """,
    "nl": """
        Hij zei dat de weg dicht was.
        Maar ze hadden het dal verlaten.
        Dit is de derde aanval.
        Bovendien steeg de prijs van brood.
        """,
    "ru": """
        Он добавил, что дорога закрыта.
        Однако дорога была закрыта.
        По его словам, дорога закрыта.
        Кроме того, подорожал хлеб.
        Добавила, что дорога закрыта.
        """,
    "uk": """
        Він додав, що дорога закрита.
        Однак дорога була закрита.
        За його словами, дорога закрита.
        Крім того, подорожчав хліб.
        """,
    "ar": """
        وأضاف أن الطريق مغلق منذ الصباح.
        وقال إن الطريق مغلق منذ الصباح.
        لكن الطريق كان مغلقا.
        وهو أول هجوم هذا الأسبوع.
        هذا هو الهجوم الثالث هذا الأسبوع.
        كما أغلقت المدارس أبوابها.
        من جهة أخرى ارتفع سعر الخبز.
        """,
    "tr": """
        Ancak yol öğlen kapalıydı.
        Bu nedenle köprü kapalı kaldı.
        Onlar vadiden çoktan ayrılmıştı.
        Öte yandan ekmek fiyatı arttı.
        """,
    "fa": """
        او گفت که جاده بسته است.
        اما جاده ظهر بسته بود.
        به گفته وی جاده بسته است.
        """,
    "zh": """
        他说道路已经关闭。
        但是道路已经关闭。
        与此同时，面包价格上涨。
        """,
}

STANDS = {
    "en": """
        (Lormes Post) The bridge will open on Monday.
        [Lormes Post] The bridge will open on Monday.
        A doctor said that the rain had spared her patients.
        Marta Lind said that nobody had told her.
        An aid worker saw him at the gate.
        The villagers counted eleven boats, two of them empty.
        It is unclear whether the road will open.
        It was the first time that the bridge had closed.
        It took two days to clear the road.
        This week, the road will open again.
        These talks in the capital ended without a deal.
        That bridge was built by prisoners.
        The agreement between the two towns had stalled by noon.
        The attack on the bridge killed nine.
        The stones of these bridges were cut by prisoners.
        The mayor asked why the bridge was shut.
        The photographer was hurt on the bridge.
        A video released by the town shows the bridge under water.
        The picture was stolen from the museum in May.
        The town of #1 bridges opened a new one.
        Those who stayed were counted twice.
        However hard they tried, the bridge stayed shut.
        Then-president Hollis opened the bridge.
        Most evacuees were women and children.
        One of the bridges was shut on Monday.
        Still waters hide the mines under the bridge.
        So far the bridge has cost two lives.
        Such as it is, the bridge will open.
        Instead of bread, the convoy brought salt.
        When the major arrived, he closed the road.
        “The road is open,” the mayor said on Monday evening.
        Later this month the road will open.
        iPhones are banned on the bridge.
        al-Nur fell to the army on Monday.
        The old bridge collapsed in heavy rain and nobody knows when a new one will come
        """,
    "fr": """
        Il y a deux ponts sur la rivière.
        Le premier pont est resté fermé lundi.
        Il faut deux jours pour déblayer la route.
        Il est possible que la route ouvre demain.
        C'est à Lormes que le pont a cédé.
        Alors que la pluie tombait, le pont a cédé.
        Ce vendredi, la route rouvre enfin.
        Ces discussions se sont achevées sans accord.
        Ainsi que prévu, la route rouvre lundi.
        Au fil des jours, la route se vide.
        « La route est ouverte », a déclaré le maire lundi soir.
        """,
    "de": """
        Diese Gespräche endeten ohne Ergebnis.
        Das Tal ist seit Montag gesperrt.
        Es ist unklar, ob die Straße öffnet.
        Die Brücke hat zwei Bögen aus Stein.
        Auch wenn es regnet, bleibt die Brücke offen.
        """,
    "es": """
        Estas conversaciones terminaron sin acuerdo.
        Así como el puente, cayó la torre.
        Dijo el alcalde que la carretera abrirá.
        """,
    "it": "Questi colloqui sono finiti senza accordo.\nAnche se piove, il ponte resta aperto.",
    "pt": "Estas conversas terminaram sem acordo.\nAssim como a ponte, caiu a torre.",
    "nl": "Deze gesprekken eindigden zonder akkoord.\nHet is onduidelijk of de weg opengaat.",
    "ru": "Эти переговоры закончились без соглашения.\nДорога откроется в понедельник.",
    "uk": "Ці переговори завершилися без угоди.\nДорога відкриється в понеділок.",
    "ar": "وقال رئيس البلدية إن الطريق مغلق.\nأعلنت الوزارة فتح الطريق.",
    "tr": "Bu görüşmeler anlaşma olmadan bitti.\nYol pazartesi günü açılıyor.",
    "fa": "این گفتگوها بدون توافق پایان یافت.\nجاده روز دوشنبه باز می‌شود.",
    "zh": "这次会谈没有达成协议。\n其他道路仍然开放。",
    "xx": "However, no list knows this tongue.",
}
CORRECTIONS = {
    "en": "An earlier version of this article said that 12 people had died.\nThe correct figure is 19, it says.",
    "fr": "Une version précédente de cet article disait que 12 personnes étaient mortes.",
    "de": "In einer früheren Version hieß es, zwölf Menschen seien gestorben.",
    "es": "Una versión anterior de esta nota decía que murieron 12 personas.",
    "ru": "В предыдущей версии статьи говорилось о 12 погибших.",
}


def _cases(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(language, line.strip()) for language, lines in table.items() for line in lines.strip().splitlines()]


@pytest.mark.parametrize(("language", "text"), [*_cases(LEANS), *_cases(CORRECTIONS)])
def test_leans_on_the_sentence_before(language: str, text: str) -> None:
    assert quotability(text, language) is Quotability.NEEDS_PREVIOUS


@pytest.mark.parametrize(("language", "text"), _cases(STANDS))
def test_stands_alone(language: str, text: str) -> None:
    assert quotability(text, language) is Quotability.ALONE


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "– Tunnels, caves –"),
        ("en", "Hundreds of dead"),
        ("en", "and left the valley before dawn."),
        ("en", "The road was shut and"),
        ("en", "The ministry said the following:"),
        ("en", "The road was shut, the bridge was down, and the convoy […]"),
        ("en", "Not now."),
        ("en", "— 12 —"),
        ("fr", "Des premiers essais concluants"),
        ("de", "und verließ das Tal vor Tagesanbruch."),
        ("ar", "صورة أرشيفية"),
        ("zh", "图片"),
    ],
)
def test_fragments(language: str, text: str) -> None:
    assert quotability(text, language) is Quotability.FRAGMENT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Who will open the bridge?"),
        ("fr", "Quand ouvriront-ils le pont ?"),
        ("es", "¿Quién abrirá el puente?"),
        ("ar", "من سيفتح الجسر؟"),
    ],
)
def test_questions(language: str, text: str) -> None:
    assert quotability(text, language) is Quotability.QUESTION


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "This photo taken on Monday shows smoke over the bridge."),
        ("en", "A picture taken from the bank shows the bridge under water."),
        ("en", "In this picture, children wait at the bridge."),
        ("en", "Watch: the bridge falls into the river."),
        ("en", "The map above shows where the bridge stood."),
        ("en", "The bridge is down tonight in #Lormes and #Avallon."),
        ("en", "The bridge is down tonight. pic.twitter.com/a1b2c3"),
        ("en", "@bridgewatch: the bridge is down tonight."),
        ("en", "87 Related Bridge Falls Near Lormes Mayor Opens Road Tags bridge Comment via Facebook"),
        ("en", "Tags Lormes bridge The bridge fell on Monday."),
        ("en", "Ada Marsh, pictured, crossed the bridge an hour before it fell."),
        ("en", "The mayor (left) and the engineer (right) on the bridge of Lormes."),
        ("en", "Scroll down for video The bridge of Lormes fell on Monday."),
        ("fr", "Le maire (à gauche) devant le pont de Lormes."),
        ("fr", "Sur la vidéo ci-dessous, la foule traverse le pont."),
        ("fr", "Cette photo prise lundi montre le pont sous l’eau."),
        ("es", "En la imagen, unos niños esperan en el puente."),
    ],
)
def test_captions_and_posts(language: str, text: str) -> None:
    assert quotability(text, language) is Quotability.SHOWING


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "“We will not leave the valley.”"),
        ("en", '"We will not leave the valley," he said.'),
        ("fr", "« Nous ne quitterons pas la vallée », poursuit-il."),
        ("es", "«No nos iremos del valle», dijo."),
        ("de", "„Wir verlassen das Tal nicht.“"),
        ("de", "»Wir verlassen das Tal nicht.«"),
        ("pt", "“Não vamos sair do vale.”"),
        ("ar", "«لن نغادر الوادي أبدا.»"),
        ("ar", "“لن نغادر الوادي أبدا.”"),
        ("en", "‘We will not leave the valley.’"),
        ("en", "'We won't leave the valley.'"),
        ("en", "'We won't leave the valley,' he said."),
        ("en", "– “We will not leave the valley.”"),
        ("fr", "— « Nous ne quitterons pas la vallée. »"),
    ],
)
def test_quotations_without_a_speaker(language: str, text: str) -> None:
    assert quotability(text, language) is Quotability.QUOTATION


def _passages(text: str, language: str = "en") -> list[tuple[str, bool]]:
    return [(text[part.start : part.end], part.balanced) for part in passages(text, split(text, language))]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "“We won. We go home,” she said. All left.", ["“We won. We go home,” she said.", "All left."]),
        ("en", '"We won. We go home," she said. All left.', ['"We won. We go home," she said.', "All left."]),
        ("en", "‘We won. We go home,’ she said. Don’t ask.", ["‘We won. We go home,’ she said.", "Don’t ask."]),
        ("en", "'We won. We go home,' she said. Don't ask.", ["'We won. We go home,' she said.", "Don't ask."]),
        ("en", "He said: 'We won. We're home.' All left.", ["He said: 'We won. We're home.'", "All left."]),
        ("en", "In the '90s it burnt. The rebels' camp went.", ["In the '90s it burnt.", "The rebels' camp went."]),
        ("en", "It was the rebels' camp. The 'old' one.", ["It was the rebels' camp.", "The 'old' one."]),
        ("fr", "« Gagné. On rentre », dit-elle. Tous partent.", ["« Gagné. On rentre », dit-elle.", "Tous partent."]),
        ("de", "„Gewonnen. Wir gehen“, sagte sie. Alle gingen.", ["„Gewonnen. Wir gehen“, sagte sie.", "Alle gingen."]),
        ("de", "»Gewonnen. Wir gehen«, sagte sie. Alle gingen.", ["»Gewonnen. Wir gehen«, sagte sie.", "Alle gingen."]),
        ("sv", "”Vi vann. Vi går hem”, sade hon. Alla gick.", ["”Vi vann. Vi går hem”, sade hon.", "Alla gick."]),
        ("zh", "他说：“赢了。回家。”大家走了。", ["他说：“赢了。回家。”", "大家走了。"]),
        ("en", 'The "old" bridge fell. The rebels’ camp burnt.', ['The "old" bridge fell.', "The rebels’ camp burnt."]),
        ("en", 'A 6" shell fell. It was old.', ['A 6" shell fell.', "It was old."]),
        (
            "en",
            "She said: “He told me ‘Go. Now.’ and left.” Gone.",
            ["She said: “He told me ‘Go. Now.’ and left.”", "Gone."],
        ),
    ],
)
def test_short_quotations_stay_whole(language: str, text: str, expected: list[str]) -> None:
    assert _passages(text, language) == [(sentence, True) for sentence in expected]


@pytest.mark.parametrize(
    ("text", "balanced"),
    [
        ("He added: “It was a mess. It will be gone. Soon.", [False, False, False]),
        ("It was a mess. It will be gone,” he said. Then he left.", [False, False, True]),
        ('A slow change, "he said. "It will not be soon." The army left.', [False, True, True]),
        ("He said “go. Then “stay.” Nobody moved.", [False, True, True]),
        ("All is well. “All is lost,” she said.", [True, True]),
    ],
)
def test_broken_quotations(text: str, balanced: list[bool]) -> None:
    assert [whole for _, whole in _passages(text)] == balanced


def test_a_long_quotation_is_left_in_pieces_that_cannot_stand() -> None:
    middle = "The road was long and the night was cold in the hills above the town. " * (LONGEST_JOINED // 60)
    found = _passages(f"“We won. {middle}We go home,” she said. All left.")
    assert [whole for _, whole in found] == [False] * (len(found) - 1) + [True]


@given(st.text(alphabet="\"“”„«»‘’「」 .Aa'", max_size=80))
@settings(max_examples=400)
def test_any_marks_leave_sentences_in_order(text: str) -> None:
    found = quotations(text)
    for parts in (found.whole, found.broken):
        assert all(one[1] <= other[0] for one, other in pairwise(parts))
    spans = split(text, "en")
    joined = passages(text, spans)
    assert {part.start for part in joined} <= {start for start, _ in spans}
    assert {part.end for part in joined} <= {end for _, end in spans}
    assert all(one.end <= other.start for one, other in pairwise(joined))


@given(st.text(max_size=120), st.sampled_from([*LEANS, "und"]))
@settings(max_examples=300)
def test_any_text_has_a_standing(text: str, language: str) -> None:
    assert quotability(text, language) in Quotability


SPOKEN = {
    "en": (
        "The mayor said that nobody would go.",
        "Nobody has crossed the river since.",
        """
        “We will not leave the valley before spring.”
        I would like to provide an update on the bridge.
        But I know each rivet of the old bridge.
        My father built the old bridge over the river.
        We are closing the bridge to every lorry.
        """,
    ),
    "fr": (
        "Le maire a dit que personne ne partirait.",
        "Personne ne traverse plus la rivière.",
        """
        « Nous ne quitterons pas la vallée avant le printemps. »
        Je voudrais faire le point sur le pont de la vallée.
        J’ai vu tomber la deuxième pile du pont.
        Mon père a bâti le vieux pont sur la rivière.
        Nous ne rouvrirons pas le pont avant le printemps.
        """,
    ),
    "es": (
        "El alcalde dijo que nadie se iría.",
        "Nadie cruza ya por el puente viejo.",
        """
        «No nos iremos del valle antes de la primavera.»
        Quisiera dar una noticia sobre el puente del valle.
        Mi padre levantó el puente viejo sobre el río.
        """,
    ),
    "de": (
        "Der Bürgermeister sagte, niemand werde das Tal verlassen.",
        "Seither fährt keiner mehr darüber.",
        """
        „Wir verlassen das Tal nicht vor dem Frühling.“
        Ich möchte über den Stand der Arbeiten berichten.
        Mein Vater hat die alte Brücke gebaut.
        """,
    ),
    "ar": (
        "قال رئيس البلدية إن أحدا لن يغادر.",
        "لا أحد يعبر الجسر القديم اليوم.",
        """
        «لن نغادر الوادي قبل الربيع.»
        أود أن أطلعكم على حال الجسر في الوادي.
        وأعتقد أن الجسر القديم سيسقط قريبا.
        """,
    ),
    "pt": (
        "O prefeito disse que ninguém sairia.",
        "Ninguém atravessa mais a ponte velha.",
        """
        “Não vamos sair do vale antes da primavera.”
        Eu gostaria de dar uma notícia sobre a ponte do vale.
        Meu pai construiu a ponte velha sobre o rio.
        """,
    ),
}


@pytest.mark.parametrize(
    ("language", "names", "names_nobody", "said"),
    [
        (language, names, nobody, line.strip())
        for language, (names, nobody, lines) in SPOKEN.items()
        for line in lines.strip().splitlines()
    ],
)
def test_words_of_somebody_need_the_sentence_that_names_the_speaker(
    language: str, names: str, names_nobody: str, said: str
) -> None:
    def standing(*paragraphs: str) -> list[Quotability]:
        return [sentence.quotability for sentence in analyse(article(*paragraphs), language=language)[0].sentences]

    assert standing(names_nobody, names, said)[-1] is Quotability.NEEDS_PREVIOUS
    assert standing(names, names_nobody, said)[-1] is Quotability.QUOTATION
    assert standing(said, names, names_nobody)[0] is Quotability.QUOTATION
    assert standing(names_nobody, names, said, said)[-1] is Quotability.QUOTATION


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The mayor told reporters: “I will not leave the valley.”"),
        ("en", "I would close the bridge at once, said Ada Wren, the mayor."),
        ("en", "World War I began four years before the bridge was built."),
        ("en", "The I-95 was closed to lorries on Monday."),
        ("fr", "Ada Wren a dit au conseil : « Je ne quitterai pas la vallée. »"),
        ("fr", "Le sondage de la rivière doit nous éclairer sur l’âge du pont."),
        ("es", "La alcaldesa dijo: «Yo no me voy del valle»."),
        ("de", "Die Bürgermeisterin sagte: „Ich bleibe im Tal.“"),
        ("ar", "قالت رئيسة البلدية: «أنا باقية في الوادي»."),
        ("pt", "A prefeita disse: “Eu fico no vale.”"),
    ],
)
def test_who_says_who_speaks_stands_alone(language: str, text: str) -> None:
    assert analyse(article(text), language=language)[0].sentences[0].quotability is Quotability.ALONE


def test_a_comment_may_speak_of_its_writer() -> None:
    column = article("I know each rivet of the old bridge.", title="Opinion: the bridge")
    assert analyse(column, language="en")[0].sentences[0].quotability is Quotability.ALONE


NOTE = "NOTE: The toll is for both lanes and all of last year."
LATER = "Lorries of the town council are left out of the count."


def test_notes_under_a_text_are_not_quoted() -> None:
    def shown(*paragraphs: str) -> list[bool]:
        sentences = analyse(article(*paragraphs), language="en")[0].sentences
        return [sentence.quotability is Quotability.NOTE for sentence in sentences]

    news = "The bridge of Lormes took 400 crowns in tolls on Monday."
    assert shown(news, news.replace("Monday", "Friday"), NOTE, LATER) == [False, False, True, True]
    assert shown(NOTE, news, LATER) == [True, False, False]  # an editor's note above the text
    assert shown("Note that the bridge of Lormes took 400 crowns in tolls.", LATER) == [False, False]
