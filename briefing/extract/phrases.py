"""The words by which pages speak of themselves, as patterns on case-folded lines, by the reason they stand for.

A new phrase is one string here. OPENERS stand at the start of a line; WHOLE_LINES are the line; ANYWHERE is strong
enough wherever it stands, and is looked for where one of its words (the second item) is in the line at all. Straight apostrophes, plain blanks; signs before the first word are gone.
"""

# ruff: noqa: E501 - a family of phrases stands on one line: it is data, and read by searching

from __future__ import annotations

_TO = r"(?:\s*[:：>»|]|\s+[–—-]|\s*$)"
"""A colon, a dash, or nothing more: what tells "Related: …" from "Related groups said …"."""

OPENERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "advertisement",
        (
            r"(?:we|this (?:post|page|article|site)|(?:buying|purchases?) (?:through|made)|if you (?:buy|click)|products? (?:you )?buy).{0,80}\b(?:earn|receive|get|contains?)\b.{0,30}\b(?:commissions?\b|affiliate links?)", r"we independently (?:select|review|choose|evaluate)\b.{0,200}$",
            r"(?:anzeige|werbung|publicité|publicidad|advertisement|sponsored)\s*[:：|].{0,200}$",
        ),
    ),
    (
        "read also",
        (
            rf"(?:ähnliche|weitere|mehr) (?:artikel|beiträge|nachrichten|themen){_TO}", rf"(?:article content|recommended videos?|related (?:topics|tags|keywords|posts)|tags|topics|keywords|schlagworte|schlagwörter|mots[- ]clés|étiquettes|etiquetas|関連キーワード|おすすめ情報){_TO}",
            r"(?:read|see|watch|listen) also\b(?! that)", r"also (?:read|see|watch|on)\b\s*[:：–—>-]", rf"(?:read|see) more(?: on| about| here| from)?{_TO}",
            rf"(?:related|recommended|more on this|more from|further reading|read next|up next|don't miss|must read|you may also like|you might also like|more stories|more news|top stories|most read|trending|watch|listen|video|podcast)(?: (?:articles?|stor(?:y|ies)|news|coverage|content|topics|video|now|story))?{_TO}",
            r"(?:[àa] )?lire (?:aussi|également|plus|la suite)\b", r"[àa] (?:lire|voir|écouter|regarder)\s*[:：>»]", r"(?:[àa] )?voir (?:aussi|également)\b",
            rf"sur le même (?:sujet|thème){_TO}", r"(?:retrouvez|suivez) (?:tous|toutes?|notre|nos|l'ensemble|l'actualité|ici|également)\b", rf"pour aller plus loin{_TO}",
            r"(?:lesen|sehen|hören) sie (?:auch|mehr|hier|dazu)\b", rf"(?:mehr zum thema|auch interessant|siehe auch|mehr dazu|weiterlesen|lesetipps?|lesen sie|zum thema|mehr über){_TO}", r"das könnte (?:sie|dich) (?:auch )?interessieren",
            r"le[ae] (?:también|además|más)\b", r"(?:te|le|también te|también le) puede(?:n)? interesar", rf"no te lo pierdas{_TO}", r"(?:ver|vea|mire|mira) también\b", rf"(?:noticias relacionadas|relacionad[oa]s?|más información|le recomendamos){_TO}",
            r"legg[ie] anche\b", r"vedi anche\b", r"(?:ti )?potrebbe(?:ro)? interessart", r"guarda anche\b",
            r"le(?:ia|r) (?:também|mais|ainda)\b", r"(?:veja|confira) (?:também|mais)\b", rf"saiba mais{_TO}",
            r"(?:lees|bekijk|luister|zie) ook\b", rf"lees (?:meer|verder){_TO}",
            r"(?:читайте|смотрите|слушайте) также", r"также (?:читайте|смотрите)", rf"(?:по теме|читать далее|подробнее|материалы по теме){_TO}", r"(?:читайте|дивіться|слухайте) також",
            r"(?:اقرأ|إقرأ|أقرأ|اقرأوا|إقرأوا|شاهد|طالع|انظر) (?:أيض|ايض|المزيد)", r"(?:مواضيع|أخبار|مقالات) ذات صلة", rf"للمزيد{_TO}",
            r"(?:بیشتر|همچنین) بخوانید", rf"(?:ilgili haber(?:ler)?|ayrıca okuyun|bunlar da ilginizi çekebilir|haberin devamı){_TO}",
            r"(?:czytaj|zobacz|przeczytaj) (?:też|także|również|więcej)", r"läs (?:också|även|mer)\b", r"l[æe]s også\b", r"lue myös\b",
            r"(?:相关阅读|延伸阅读|相关新闻|相关报道|更多新闻|関連記事|あわせて読みたい|続きを読む|関連ニュース|관련 ?기사)",
        ),
    ),
    (
        "newsletter",
        (
            r"(?:you (?:are|have)?\s*(?:received?|receiving|get|getting) this|you subscribed to) .{0,200}$", r"(?:unsubscribe|view (?:this |it )?(?:e-?mail |letter |message )?(?:online|in (?:your|a|the) browser)|manage (?:your )?(?:preferences|subscription)|forward(?:ed)? this (?:e-?mail|letter)|was this (?:e-?mail|letter) forwarded)\b.{0,120}$",
            r"(?:vous recevez (?:ce|cet|cette)|pour (?:vous désinscrire|ne plus (?:la |le )?recevoir)|se désinscrire|vous désabonner|lire (?:cette lettre |ce message )?(?:en ligne|dans (?:le|votre) navigateur))\b.{0,200}$", r"(?:sie erhalten diese|newsletter abbestellen|abbestellen|im browser (?:ansehen|anzeigen|öffnen))\b.{0,160}$", r"(?:recibe usted|usted recibe|darse de baja|cancelar (?:la )?suscripción|ver en (?:el|su|tu) navegador)\b.{0,160}$",
            r"(?:sign up|register|subscribe)(?: here| now| today)?(?: for| to) (?:our|receive|get|free|daily|weekly|breaking)\b", r"(?:sign up|register|subscribe)(?: here| now| today)?(?: for| to) (?:the|his|her|my|a)\b.{0,60}\b(?:newsletters?|e-?mails?|alerts?|updates|channel|podcast|briefing|notifications|inbox)\b", r"sign up (?:here|now|today)\b",
            r"(?:get|receive|want) (?:our|the|more|all|daily|weekly|breaking|free|top)\b.{0,80}\b(?:inbox|newsletter|e-?mail alerts?)\b", r"stay (?:informed|up to date|updated|connected) (?:with|on|by)\b.{0,80}(?:newsletter|inbox|channel|app|subscri)",
            r"(?:inscrivez|abonnez)[- ]vous\b", r"recevez (?:nos|notre|la|le|les|toute|chaque|gratuitement|l'essentiel)\b", r"(?:je|s')m?'?(?:inscris|abonne|inscrire|abonner)\b.{0,40}newsletter",
            r"(?:abonnieren sie|melden sie sich|jetzt (?:den |unseren )?newsletter|hier (?:können sie )?(?:den )?newsletter)", r"(?:suscr[ií]b[ea]te|apúntate|inscr[ií]bete)\b.{0,120}(?:newsletter|bolet[ií]n|correo|canal|alertas?)", r"recib[ae] (?:el|los|las|nuestr[oa]s?|cada|gratis|todas|en tu|notificaciones)\b.{0,100}(?:newsletter|bolet[ií]n|bandeja|correo electrónico|notificaciones)",
            r"iscriviti (?:al|alla|ai|qui|subito)\b", r"(?:assine|cadastre-se|receba|inscreva-se)\b.{0,100}(?:newsletter|e-?mail|canal|boletim)", r"meld je aan\b.{0,60}", r"schrijf je in\b",
            r"(?:подпишитесь|подписывайтесь|підпишіться|підписуйтесь)\b", r"(?:اشترك|اشتركوا|سجل) (?:في|الآن|معنا)\b.{0,60}(?:نشرة|النشرة|قناة|بريد|خدمة)", r"(?:e-)?bültenimize\b",
        ),
    ),
    (
        "subscription notice",
        (
            r"(?:already a|become a|are you a) (?:paid |digital )?(?:subscriber|member|supporter)\b", r"subscribe (?:now|today|here)?\s*(?:to (?:read|continue|unlock|access)|and get|for (?:full|unlimited))", rf"subscribe(?: now| today| here)?{_TO}",
            r"this (?:article|content|story|page) is (?:reserved for|for|only (?:for|available to)|available (?:only )?to|exclusive(?:ly)? (?:to|for)) (?:our )?(?:paid |premium )?(?:subscribers|members)", r"(?:log|sign) in to (?:read|continue|your account)", r"(?:start|try) your (?:free )?(?:trial|subscription)", r"(?:please )?(?:support|help us|consider supporting) (?:our|independent|quality) journalism",
            r"(?:cet )?article réservé (?:à nos|aux) (?:abonnés|lecteurs)", r"(?:cet article|la suite|ce contenu) est réservée? (?:à nos|aux) abonnés", r"il vous reste \d[\d.,]*\s?%", r"déjà abonné", r"vous êtes abonné", r"abonnez-vous",
            r"(?:dieser|der) (?:artikel|inhalt|beitrag) ist (?:nur )?(?:für|exklusiv).{0,20}abonnent", r"(?:nur )?für abonnent(?:en|innen)\W*$", r"(?:contenido|artículo|noticia) (?:exclusiv[oa]|sol[oa]) para (?:suscriptores|socios)", r"(?:contenuto|articolo) riservato agli abbonati", r"(?:conteúdo )?exclusivo para assinantes", r"alleen voor abonnees", r"(?:この記事は|ここから先は)?(?:有料会員|会員限定)", r"残り\s?\d+文字",
        ),
    ),
    (
        "cookie notice",
        (
            r"(?:we|our partners and we|this (?:web)?site|our (?:web)?site|our partners)\b.{0,30}\buses? (?:\w+ ){0,3}cookies", r"by (?:continuing|clicking|using)\b.{0,60}(?:cookies|terms (?:of|and)|privacy policy)", r"(?:accept|reject|manage)(?: all)?(?: the)? cookies", r"cookie (?:policy|settings|preferences|consent|notice)\b\W*(?:$|\w+\W*$)",
            r"(?:nous utilisons|ce site utilise|en poursuivant)\b.{0,60}cookies", r"(?:wir (?:verwenden|nutzen)|diese (?:web)?s(?:ite|eite) (?:verwendet|nutzt))\b.{0,40}cookies", r"(?:utilizamos|usamos|este sitio (?:web )?(?:usa|utiliza))\b.{0,40}cookies", r"(?:utilizziamo|questo sito (?:utilizza|usa))\b.{0,40}cookie", r"(?:wij|we|deze (?:web)?site) gebruik(?:t|en)\b.{0,40}cookies", r"(?:мы используем|этот сайт использует)\b.{0,40}(?:cookie|куки)", r"(?:نستخدم|يستخدم هذا الموقع) ملفات تعريف الارتباط", r"(?:bu site|sitemizde)\b.{0,40}çerez",
        ),
    ),
    (
        "call to action",
        (
            r"(?:please )?(?:click|tap) (?:here|on the (?:link|image|video))\b", r"(?:please )?follow (?:us|@|our (?:page|channel|live|coverage|accounts?|twitter|facebook|instagram))\b.{0,80}", r"(?:please )?(?:like|join|find|visit|watch|connect with) us (?:on|at)\b", r"download (?:the|our) .{0,40}\bapp\b", r"join (?:our (?:\w+ ){0,3}(?:whatsapp|telegram|facebook|community|channel)|the conversation)",
            r"(?:do you have|have you got|got) (?:a|any|an) (?:\w+ )?(?:story|tip|stories|news tip)\b", r"we pay for (?:your )?(?:stories|videos)", r"send (?:us )?your (?:stories|photos|videos|tips|comments|questions)", r"(?:share your (?:story|thoughts|views|opinion)|tell us what you think|let us know)\b.{0,80}(?:comments|below|email|e-mail|@|here)", r"(?:read|see) the (?:full|original|complete) (?:article|story|report|text) (?:here|at|on)\b",
            r"(?:suivez|rejoignez|retrouvez)[- ]nous\b", r"cliquez (?:ici|sur)\b", r"téléchargez (?:l'|notre|gratuitement|l’)", r"(?:folgen|besuchen) sie uns\b", r"hier klicken\b", r"(?:síguenos|síganos|únete a nuestr|descarga (?:la|nuestra) app|haz clic aquí|haga clic aquí)", r"(?:seguici|clicca qui|scarica (?:la|l'|la nostra) app)", r"(?:siga-nos|siga a gente|clique aqui|baixe o (?:nosso )?app)", r"(?:volg ons|klik hier)\b", r"(?:تابعنا|تابعونا|تابعوا|انضم إلى قناتنا|اضغط هنا|حمل تطبيق|لمتابعة)\b.{0,60}(?:على|قنا|تطبيق|هنا|تويتر|فيسبوك|تلغرام)", r"следите за (?:нами|нашими|новостями)\b", r"(?:bizi takip edin|uygulamamızı indirin|tıklayın)",
        ),
    ),
    (
        "contact line",
        (
            r"(?:e-?mail|phone|tel(?:ephone)?|téléphone|fax|contact|courriel|correo|kontakt|contatti)\.?\s*[:：].{0,100}(?:@|\d{3})", r"(?:you can )?(?:contact|email|e-mail|reach|write to)\b.{0,60}\bat\b.{0,20}@", r"(?:for (?:more|further) information|media (?:contact|enquiries|inquiries)|press contact)\b(?:.{0,120}(?:contact|@|visit|call|https?://)|\W*$)", r"(?:contacter|écrire à) (?:l'auteur|la rédaction|le journaliste)", r"(?:twitter|instagram|x)\s*[:：]\s*@\w+\W*$",
        ),
    ),
    (
        "copyright",
        (
            r"(?:\(?c\)?\s*)?copyright\s*(?:©|\(c\)|[:：]|\d{4}|by\b|notice)", r"\(?c\)?\s?\d{4}\b.{0,80}(?:rights|inc|ltd|gmbh|llc|media|press|news|corp)", r"(?:©|\(c\))\s?\w", r"all rights reserved(?:\W*$|\s*[.,;:©(|–-])", r"tous droits (?:de reproduction )?(?:réservés|et de)", r"alle rechte vorbehalten", r"(?:todos los derechos reservados|reservados todos los derechos)", r"(?:tutti i diritti riservati|riproduzione riservata)", r"todos os direitos reservados", r"alle rechten voorbehouden", r"все права защищены", r"усі права захищені", r"(?:جميع الحقوق محفوظة|حقوق النشر)", r"tüm hakları saklıdır", r"(?:無断転載|著作権|版权所有|未经授权|무단 ?전재)",
            r"(?:this material|this content|no part of this) (?:may|must|can) ?not be (?:published|reproduced|copied|broadcast)", r"(?:la )?reproduction (?:totale|partielle|interdite|même partielle)\b",
        ),
    ),
    (
        "photo caption",
        (
            r"(?:file )?(?:photo|image|picture|pic)(?:\s+(?:credit|courtesy|source|illustration))?s?(?: by)?\s*[:：/].{2,200}$", r"(?:photo|image) (?:by|courtesy of|illustration by)\s[^.!?,]{2,80}$", r"(?:crédits?(?: photos?)?|photos?|illustration|légende|vidéo)\s*[:：/].{2,200}$", r"(?:foto|fotos|bild|bilder|bildquelle|fotograf[íi]a|imagen|imagem|fotografía|foto di archivio)\s*(?:de archivo)?\s*[:：/].{2,200}$", r"(?:фото|снимок|صورة|الصورة|تصوير|عکس|fotoğraf|zdjęcie|fot)\.?\s*[:：].{2,200}$", r"\(?file (?:photo|image|picture)\)?\W*$", r"(?:image|media) (?:caption\b.{0,200}|(?:source|copyright)(?:\s*[,:：].{0,100}|\s+(?:getty|afp|reuters|epa|ap|bbc|pa)\b.{0,60}|\W*))$", r"(?:fuente de la imagen|pie de (?:foto|imagen)|derechos de autor de la imagen|source de l'image|légende (?:de l')?image|crédit (?:de l')?image|fonte da imagem|legenda da (?:foto|imagem)|bildunterschrift)\b.{0,120}$",
        ),
    ),
    (
        "credit line",
        (
            r"(?:additional |with )?reporting by\b.{3,250}(?:;|\b(?:editing|writing) by\b)", r"additional reporting (?:by|from)\b[^.]{3,120}\W*$", r"(?:with )?reporting by\b[^.,]{3,60}$", r"(?:edited|editing|writing|written|compiled|translated|produced) by:?(?: [\w'-]+){1,5}\)?$", r"\(?with (?:additional |agency )?(?:inputs?|reporting|files|material|information) (?:from|by)\b.{2,120}$", r"\(?(?:avec|mit material von|con información de|con informaci[oó]n de) (?:l')?(?:afp|reuters|ap|dpa|efe|agences?|agencias?|ats|belga)\b.{0,60}$", r"this (?:article|story|report|post) (?:was )?(?:originally|first) (?:published|appeared|ran)\b", r"(?:this (?:article|post|story|report) is|(?:ce billet|cet article) fait|(?:este|esta) (?:artículo|nota|entrada) (?:es|forma)) (?:part of|parti?e? (?:de|du|des|del))\b[^.!?]{3,160}\W*$", r"cet article (?:a été |est )?(?:initialement )?(?:publié|paru)\b.{0,60}(?:initialement|d'abord|sur|dans)", r"(?:quelle|source|sources|fuente|fuentes|fonte|bron|источник|المصدر|kaynak|来源)\s*[:：].{2,60}$",
        ),
    ),
)  # fmt: skip

_SHARE = r"(?:share(?: (?:this|on|via|article|story|to))*|tweet|facebook|twitter|x|whatsapp|telegram|linkedin|reddit|pinterest|instagram|youtube|messenger|e-?mail|mail|print|copy(?: link| url)?|link|save|bookmark|partager(?: (?:sur|par|cet article))*|imprimer|envoyer|copier le lien|teilen|drucken|merken|compartir|imprimir|enviar|guardar|condividi|stampa|compartilhar|partilhar|delen|afdrukken|поделиться|распечатать|поділитися|مشاركة|شارك|طباعة|نسخ الرابط|paylaş|yazdır|تويتر|فيسبوك|واتساب|シェア|ツイート|分享)"

WHOLE_LINES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("share bar", (rf"{_SHARE}(?:[\W_]+{_SHARE})*",)),
    (
        "advertisement",
        (
            r"(?:- ?)?advertisements?", r"(?:story|article|content) continues (?:below|after)(?: (?:this|the))?(?: (?:ad|advertisement|video))?", r"(?:publicité|publicite|la suite (?:de votre article )?après (?:cette|la) publicité)", r"(?:anzeige|werbung)", r"(?:publicidad|pubblicità|publicidade|advertentie|реклама|reklam|إعلان|اعلان|تبليغات|annons|annonce|annonse|mainos|广告|広告|광고|sponsored(?: content)?|paid content|promoted)",
        ),
    ),
    (
        "comments",
        (
            r"pingback:.{1,120}", r"(?:one|\d+) thoughts? (?:on|about)\b.{1,120}", r"(?:\d+ )?comments?(?: \(?\d+\)?)?", r"(?:leave|post|add|write) a (?:comment|reply)", r"(?:view|show|read|see) (?:all |the )?(?:\d+ )?comments", r"comments are (?:closed|disabled|off)", r"kommentare? (?:abgeben|schreiben|verfassen|lesen|anzeigen)", r"join our commenting forum", r"you (?:must|need to|have to) (?:be )?log(?:ged)? ?in\b.{0,60}", r"(?:du musst|sie müssen) (?:dich |sich )?(?:einloggen|anmelden|angemeldet|eingeloggt)\b.{0,60}", r"vous devez (?:être connecté|vous connecter)\b.{0,60}", r"join the (?:conversation|discussion)", r"(?:\d+ )?commentaires?", r"(?:laisser|poster|ajouter) un commentaire", r"(?:\d+ )?(?:kommentare?|kommentieren)", r"(?:\d+ )?comentarios?", r"(?:\d+ )?commenti?", r"(?:\d+ )?comentários?", r"комментарии", r"(?:التعليقات|أضف تعليق|اترك تعليقا)",
        ),
    ),
    (
        "page notice",
        (
            r"(?:please )?(?:enable|turn on|activate) javascript.{0,80}", r"(?:javascript is (?:disabled|required)|your browser (?:does not|doesn't) support).{0,80}", r"(?:skip to (?:main )?content|back to top|scroll to top|menu|home|search|loading|close|next|previous|print this (?:page|article)|listen to this article|search function|toggle (?:menu|navigation)|play video|unmute|mute|view image in fullscreen|image caption|media caption)", r"(?:accueil|rechercher|fonction de recherche|función de búsqueda|retour en haut|aller au contenu|chargement|fermer|écouter (?:l'|cet )article)", r"(?:startseite|nach oben|zum inhalt springen|artikel anhören|artikel vorlesen)", r"(?:\d+ )?min(?:ute)?s? (?:read|de lecture|lesezeit|de lectura)", r"\d+ (?:min|minutes?) read", r"(?:updated|published|posted) (?:\d+|an?|a few|one|two|three) (?:minutes?|hours?|days?) ago", r"(?:ends?|end of (?:article|story|report)|-30-|###)",
        ),
    ),
    ("menu", (r"(?:home|accueil|startseite|inicio|início|главная|головна|الرئيسية|anasayfa|首页|首頁)\s*[>»›/].{1,110}",)),
    ("page notice", (r"(?:press|media|news) release", r"for immediate (?:release|use|publication)", r"communiqué(?: de presse)?", r"(?:presse|medien)mitteilung", r"(?:nota|comunicado) de prensa", r"comunicato stampa", r"пресс-релиз", r"بيان صحفي")),
    ("page notice", (r"our standards: .{3,60} principles",)),
    ("credit line", (r"\(?(?:with |avec |and |et |©|— |- )?(?:afp|reuters|ap|dpa|efe|ansa|tass|upi|xinhua|anadolu|agences?|agencies|agencias|agenturen|associated press|news agencies)(?:(?:/|, | and | et | with | avec )(?:afp|reuters|ap|dpa|efe|ansa|tass|agences?|agencies|agencias))*\)?", r"(?:by )?(?:staff (?:writer|reporter|and agencies)|our correspondent|news desk|web desk)")),
)  # fmt: skip

ANYWHERE: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("credit line", ("contributed to", "editing by"), (r"contributed to this (?:report|story|article)\W*$", r"\bediting by [\w .'-]{3,60}\)?\W*$")),
    ("call to action", (" here ", "mail us", "follow ", "subscribe "), (r"\b(?:click|tap) here (?:to|for)\b.{0,80}$", r"\be-?mail us at\b.{0,60}@", r"(?:^|you can |[.!?]\s)(?:please )?follow (?:us|him|her|them|me) on (?:twitter|x|facebook|instagram|telegram|youtube)\b", r"\bsubscribe to our (?:\w+ ){0,3}(?:channel|newsletter|podcast)")),
    ("newsletter", ("newsletter", "inbox"), (r"(?:^|[.!?:|»>-]\s*)(?:please )?(?:sign up|subscribe|register)\b.{0,60}\bnewsletters?\b", r"\b(?:delivered|sent) (?:straight |directly )?to your inbox\b")),
    ("copyright", ("©", "(c)", "rights", "droits", "rechte", "الحقوق"), (r"^.{0,60}(?:©|\(c\))\s?(?:19|20)\d\d\b.{0,60}$", r"\ball rights reserved\W*$", r"\btous droits réservés\W*$", r"\balle rechte vorbehalten\W*$", r"جميع الحقوق محفوظة")),
)  # fmt: skip

WALL_TITLES = (
    r"(?:error |http )?(?:40[0-9]|41[0-9]|429|45[01]|50[0-9]|52[0-9])\b.{0,60}",
    r"(?:page |file |site )?not found\b.{0,40}",
    r"(?:access|permission) (?:denied|to this page has been denied)\b.{0,60}",
    r"forbidden",
    r"just a moment\W*",
    r"attention required!?.{0,40}",
    r"(?:please wait|one moment)\b.{0,60}",
    r"are you (?:a robot|human)\??.{0,40}",
    r"(?:security|bot|browser) (?:check|verification)\b.{0,40}",
    r"robot check",
    r"(?:service|temporarily|site|website) (?:temporarily )?unavailable\b.{0,40}",
    r"bad gateway",
    r"gateway time-?out",
    r"internal server error",
    r"too many requests",
    r"(?:site|down for|under) maintenance\b.{0,40}",
    r"you have been blocked\b.{0,40}",
    r"before you continue\b.{0,40}",
    r"(?:log|sign) in\b.{0,40}",
    r"log ?in",
    r"captcha",
    r"index of /.{0,80}",
    r"page (?:introuvable|non trouvée)\b.{0,40}",
    r"accès (?:refusé|interdit)\b.{0,40}",
    r"un instant\W*",
    r"seite nicht gefunden\b.{0,40}",
    r"zugriff verweigert\b.{0,40}",
    r"página no encontrada\b.{0,40}",
    r"acceso denegado\b.{0,40}",
    r"pagina non trovata\b.{0,40}",
    r"página não encontrada\b.{0,40}",
    r"страница не найдена.{0,40}",
    r"доступ (?:запрещен|запрещён|ограничен).{0,40}",
    r"الصفحة غير موجودة.{0,40}",
    r"页面不存在.{0,20}",
    r"ページが見つかりません.{0,20}",
)
"""How a page is called that a server or a guard shows in place of an article."""

WALL_LINES = (
    r"\b(?:enable|activate|turn on|requires?|without) javascript\b", r"\bjavascript (?:is|must be|to be) (?:disabled|enabled|required|turned on)", r"\bchecking (?:if|your|the) (?:the )?(?:site|browser|connection)\b", r"\bverify(?:ing)? (?:that )?you(?:'re| are) (?:a )?(?:human|not a robot)", r"\bconfirm (?:that )?you(?:'re| are) (?:a )?(?:human|not a robot)", r"\b(?:don't|do not) have (?:permission|access|authorization) to (?:access|view)\b", r"\baccess (?:to this (?:page|site|resource) )?(?:is|has been|was) (?:denied|blocked|restricted|forbidden)\b", r"\bunusual traffic\b", r"\bray id\b", r"\bcloudflare\b", r"\bthe requested (?:url|page|resource)\b.{0,80}\b(?:not found|could not be found|rejected)", r"\b(?:page|file|article) (?:you (?:are|were) looking for|you requested)\b", r"\bnot available in your (?:country|region|location)\b", r"\bsupport id\b", r"\bincident id\b", r"\bare not a (?:robot|bot)\b", r"\bplease stand by\b", r"\b(?:server|service) (?:is )?(?:temporarily )?(?:unavailable|overloaded|down)\b", r"\bfor (?:legal reasons|reasons of data protection)\b.{0,60}\b(?:unavailable|not available)", r"\benforcing the general data protection regulation\b", r"\bplease (?:enable|accept|allow) cookies\b",
    r"\bactiver javascript\b", r"\bvous n'avez pas (?:l'autorisation|accès)", r"\b(?:la page|le document) (?:que vous (?:cherchez|recherchez)|demandée?)\b", r"\bjavascript (?:aktivieren|ist deaktiviert)", r"\bdie (?:angeforderte|gesuchte|gewünschte) seite\b", r"\bhabilit(?:e|ar) javascript\b", r"\bla página que (?:busca|buscas|solicitó)\b", r"\bвключите javascript\b", r"تفعيل (?:ال)?جافا ?سكريبت",
)  # fmt: skip
"""What such a page says."""
