"""How sentences open that lean on the one before, by language: data of our own, in small letters.

Words are separated by blanks, phrases by semicolons. A sentence points back where its first words are

- `words` or `phrases`, whatever follows; `before_comma`, where a comma follows;
- one of `bare` before one of `verbs`: a demonstrative or quantifier without its noun ("This was", "Most have");
- one of `ranked` before one of `verbs`: one of several that were named before ("The largest would keep");
- one of `pointing` before one of `shells`: a noun that only names what was said ("these remarks");
- one of `sayings` before one of `that`: a report without its speaker ("Añadió que");
- one of `delays` before a comma ("Hours later, the");

unless they are one of `clears`. `speakers` are the pronouns that stand for who spoke; they also point back at the end
(", he added.") and behind an introduction that opens with one of `leads` or a participle
("Speaking in Ohio, he said").
"""

from __future__ import annotations

OPENING_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "words": """he she they him them his her hers their theirs its it it's he's she's they're he'd she'd
            they'd they've that's but and or nor yet moreover furthermore therefore thus hence consequently
            accordingly nevertheless nonetheless likewise similarly conversely additionally meanwhile afterward
            afterwards thereafter thereby also others""",
        "phrases": """in addition; as a result; in contrast; by contrast; in turn; in response; in reply; in other
            words; in that case; for example; for instance; for this reason; for that reason; for his part; for
            her part; for its part; for their part; on the other hand; on the contrary; to that end; to this end;
            even so; that said; having said that; because of this; because of that; after this; after that; before
            that; despite this; despite that; since then; until then; by then; at the same time; at that time; at
            that point; at this point; that day; that night; that evening; that morning; that afternoon; the same
            day; the same night; the next day; the next morning; the following day; the following morning; the
            latter; the pair; the duo; the trio; the two; the others; according to him; according to her;
            according to them; one of them; some of them; most of them; many of them; all of them; both of them;
            none of them; two of them; among them; like him; like her; with him; with her; with them; for him; for
            her; for them; so he; so she; so they; so it; so we; then he; then she; then they; then came; so did;
            so do; so does; so has; so have; so was; so were; of those; of these; of them; in doing so; along the
            way; in the latter""",
        "before_comma": """however; instead; besides; indeed; still; otherwise; then; so; too; again; though;
            finally; there; overall; in fact; in short; in particular; of course; as such; in return; in
            comparison; the former; after all; at the time; with that; with this; later; by comparison;
            regardless; either way; specifically; as a consequence; eventually; ultimately; at times; what's more""",
        "bare": """this that these those such most many some few several all none one both others another neither
            either""",
        "verbs": """is was are were has have had will would could should may might can must meant came makes made
            includes included follows followed marked happened happens showed brings brought gives gave left
            seems seemed does did doesn't didn't isn't wasn't aren't weren't hasn't haven't won't can't couldn't
            wouldn't led raised raises suggests suggested remains adds added said say also of them""",
        "ranked": """the first; the second; the third; the fourth; the last; the next; the largest; the smallest; the
            biggest; the longest; the shortest; the oldest; the youngest; the other; the other two; the first two;
            the last two; the rest; the remainder; the same""",
        "pointing": "this that these those such",
        "shells": """issue issues question questions claim claims comment comments remark remarks decision
            decisions move moves announcement statement statements allegation allegations development
            developments concern concerns reason reasons step steps effort efforts fact facts approach change
            changes argument arguments action actions""",
        "clears": """all of the; one of the; some of the; most of the; many of the; such as; this of; such of;
            her majesty; his holiness; his majesty; it takes; it took""",
        "delays": "earlier later before afterwards",
        "sayings": """said says added adds told tweeted wrote continued explained noted insisted warned claimed argued
            stressed concluded recalled""",
        "leads": "in on at during by with from under within throughout earlier yesterday today later born",
        "speakers": "he she they it",
    },
    "fr": {
        "words": """il ils elle elles lui eux celui-ci celle-ci ceux-ci celles-ci celui-là celle-là ceux-là
            celles-là cela ceci ça son sa ses leur leurs c'est c'était mais et or donc ainsi cependant toutefois
            pourtant néanmoins puis ensuite car également parallèlement inversement idem bref alors aussi""",
        "phrases": """ce n'est; ce n'était; ce sont; ce sera; ce serait; ce fut; ce dernier; cette dernière; ces
            derniers; ces dernières; en revanche; en effet; en outre; en conséquence; en réponse; en parallèle;
            en d'autres termes; en retour; par ailleurs; par conséquent; par exemple; par contre; par la suite;
            de plus; de même; de ce fait; de son côté; de leur côté; du coup; du reste; dès lors; d'ailleurs;
            d'autres; d'autre part; d'un autre côté; au contraire; au passage; à l'inverse; à son tour; à leur
            tour; à cet égard; à cet effet; pour autant; pour sa part; pour leur part; quant à lui; quant à elle;
            quant à eux; quant à elles; selon lui; selon elle; selon eux; selon elles; d'après lui; d'après elle;
            d'après eux; autrement dit; entre-temps; pendant ce temps; dans ce contexte; dans ce cadre; dans ces
            conditions; dans cette optique; dans ce cas; dans la foulée; dans le même temps; au même moment;
            depuis lors; malgré cela; malgré tout; après cela; après quoi; tout cela; le lendemain; le jour même;
            le même jour; le soir même; la veille; tous deux; toutes deux; les deux hommes; les deux femmes; les
            deux parties; les deux camps; ce faisant; reste que; l'un d'eux; l'une d'elles; certains d'entre eux;
            parmi eux; parmi elles; avec lui; avec elle; pour lui; pour elle; pour eux; chez eux; il s'agit; à ce
            titre""",
        "before_comma": """enfin; finalement; résultat; sinon; en fait; en somme; en clair; au final; de fait;
            là; plus tard; peu après; depuis; à l'époque; surtout; même si; pour eux; pour cela""",
        "bare": "certains certaines beaucoup plusieurs tous toutes aucun aucune d'autres plupart",
        "verbs": "ont avaient sont étaient est était a avait seront",
        "ranked": """le premier; la première; les premiers; les premières; le second; la seconde; le deuxième; la
            deuxième; le troisième; la troisième; le dernier; la dernière; l'autre; les autres; le plus grand; la plus
            grande; le plus petit; la plus petite; le plus gros; le reste; la plupart""",
        "pointing": "ce cet cette ces",
        "shells": """décision annonce déclaration déclarations propos mesure mesures affirmation affirmations
            accusations critiques remarque remarques question questions démarche constat""",
        "clears": """il y a; il y avait; il y aura; il n'y a; il n'y avait; il faut; il fallait; il faudra; il
            faudrait; il a fallu; il aura fallu; il reste; il restait; il semble; il semblerait; il suffit; il
            convient; il importe; il existe; il pleut; il neige; alors que; alors qu'il; alors qu'elle; alors
            qu'ils; alors qu'un; alors qu'une; ainsi que; aussi bien; et si; cela fait""",
        "delays": "tard auparavant",
        "sayings": """ajouté poursuivi dit déclaré précisé expliqué affirmé estimé souligné indiqué assuré conclu
            confié lancé ajoute poursuit explique précise affirme estime assure souligne
            déclare indique raconte conclut insiste dénonce""",
        "speakers": "il elle ils elles on",
    },
    "de": {
        "words": """er sie ihm ihn ihnen sein seine seinem seinen seiner seines ihr ihre ihrem ihren ihrer ihres
            dies letzterer letztere letzteres ersterer erstere dabei damit dadurch dafür dagegen daher deshalb
            deswegen dazu danach daraufhin davor darunter darin daran darauf daraus davon darum dort zudem
            außerdem ausserdem allerdings jedoch doch aber und oder sondern dennoch trotzdem denn auch ebenso
            ebenfalls stattdessen hingegen vielmehr unterdessen indes indessen somit folglich demnach demzufolge
            hierzu hierbei hierfür anschließend zuvor seitdem seither infolgedessen gleichzeitig gleichwohl
            nichtsdestotrotz immerhin zwar weiterhin beispielsweise andererseits einerseits umgekehrt mithin
            ferner überdies insofern hinzu so""",
        "phrases": """darüber hinaus; am nächsten tag; am folgenden tag; am selben tag; am gleichen tag; am tag
            darauf; am tag danach; zur gleichen zeit; im gegenteil; im übrigen; aus diesem grund; vor diesem
            hintergrund; in diesem zusammenhang; in diesem fall; zum beispiel; laut ihm; laut ihr; mit anderen
            worten; unter anderem; trotz allem; kurz darauf; kurz danach; kurz zuvor; wenig später; nach seinen
            worten; nach ihren worten; nach seinen angaben; nach ihren angaben; einer von ihnen; viele von ihnen;
            unter ihnen; mit ihm; mit ihr; mit ihnen; für ihn; für sie""",
        "bare": "das die der diese dieser dieses beide viele einige manche andere keiner",
        "verbs": """ist sei war wäre sind seien waren hat habe hatte haben hätte hätten wird werde werden würde
            würden wurde wurden kann könne könnte könnten soll sollen solle sollte sollten muss müsse müsste
            müssten sagte sagt sagten teilte teilten bedeutet bedeute zeigt zeige heißt heiße gilt gelte geht
            gehe liegt liege führt führe macht mache reicht kam komme kamen""",
        "pointing": "diese dieser dieses diesen diesem",
        "shells": """entscheidung aussage aussagen ankündigung frage fragen vorwürfe behauptung maßnahme
            maßnahmen äußerung äußerungen""",
        "clears": "auch wenn; so wie; so lange; so weit; so viele; so viel; doch noch; und wenn",
        "sayings": "sagte sagt erklärte betonte schrieb meinte ergänzte berichtete warnte forderte fügte so",
        "speakers": "er sie",
    },
    "es": {
        "words": """él ella ellos ellas su sus éste ésta éstos éstas esto eso ello aquello ambos ambas dicho
            dicha dichos dichas pero y e o además asimismo también tampoco así entonces luego entretanto
            igualmente posteriormente""",
        "phrases": """este último; esta última; estos últimos; estas últimas; por ello; por eso; por lo tanto;
            por tanto; por otra parte; por otro lado; por ejemplo; por consiguiente; por su parte; sin embargo;
            no obstante; en cambio; en efecto; en consecuencia; en concreto; en respuesta; en este sentido; en
            ese sentido; en ese momento; en ese contexto; en este contexto; en otras palabras; de hecho; de esta
            forma; de esta manera; de este modo; del mismo modo; al contrario; al respecto; al mismo tiempo; a su
            vez; a pesar de ello; a pesar de eso; es decir; es más; o sea; más tarde; poco después; con ello; con
            eso; con esto; tras ello; tras esto; de ahí; según él; según ella; según ellos; al día siguiente; el
            mismo día; ese día; ese mismo día; se trata; lo anterior; aun así; eso sí; todo ello; todo esto; todo
            eso; desde entonces; hasta entonces; mientras tanto; uno de ellos; una de ellas; entre ellos; entre
            ellas; muchos de ellos; con él; con ella; para él; para ella; para ellos""",
        "before_comma": "finalmente; después; por último; incluso; en particular; entonces; allí; ahí",
        "bare": "este esta ese esa estos estas esos esas muchos algunos otros todos ninguno",
        "verbs": "es fue son fueron era eran ha han había habían será serían sería se están está",
        "pointing": "este esta ese esa estos estas esos esas",
        "shells": "decisión anuncio declaraciones palabras medida medidas afirmaciones acusaciones cuestión hecho",
        "sayings": """agregó añadió dijo señaló explicó aseguró indicó afirmó sostuvo subrayó apuntó precisó
            recordó manifestó aclaró declaró destacó concluyó insistió comentó reiteró advirtió denunció informó
            expresó consideró lamentó agregaron añadieron dijeron señalaron indicaron""",
        "that": "que",
        "clears": "así como; luego de; además de; su majestad; su santidad; y si; así que; luego que",
        "speakers": "él ella ellos ellas",
    },
    "it": {
        "words": """egli ella esso essa essi esse lui lei loro ciò costui costei costoro entrambi entrambe
            quest'ultimo quest'ultima quest'ultimi ma e ed però inoltre tuttavia quindi dunque perciò così
            infatti anche poi eppure intanto invece pertanto peraltro successivamente altrimenti oltretutto
            ovvero cioè ossia né oppure""",
        "phrases": """il suo; la sua; i suoi; le sue; il loro; la loro; i loro; le loro; questi ultimi; queste
            ultime; nel frattempo; del resto; allo stesso tempo; al contempo; al contrario; d'altra parte;
            d'altronde; per questo; per esempio; per contro; per lui; per lei; per loro; in effetti; in altre
            parole; in questo modo; in questo contesto; in risposta; in seguito; di conseguenza; a sua volta; a
            loro volta; dal canto suo; secondo lui; secondo lei; secondo loro; il giorno dopo; il giorno
            seguente; lo stesso giorno; nonostante ciò; detto questo; da allora; si tratta; poco dopo; uno di
            loro; alcuni di loro; molti di loro; tra loro; tra questi; con lui; con lei; con loro; da parte sua""",
        "before_comma": "infine; in particolare; allora; più tardi; dopo; finalmente; lì",
        "bare": "questo questa quello quella questi queste molti alcuni altri tutti nessuno",
        "verbs": "è era sarà sarebbe ha hanno sono erano significa avrebbe avrebbero aveva avevano vuol",
        "pointing": "questo questa questi queste tale tali",
        "shells": "decisione annuncio dichiarazioni dichiarazione parole misura misure affermazioni accuse questione",
        "sayings": """aggiunto detto spiegato dichiarato affermato sottolineato concluso ricordato precisato
            proseguito osservato""",
        "that": "che",
        "clears": "così come; sua maestà; e se; anche se; così che",
        "speakers": "lui lei loro egli",
    },
    "pt": {
        "words": """ele eles ela elas seu seus sua suas isto isso aquilo ambos ambas mas e ou porém contudo
            todavia entretanto ademais também tampouco assim portanto então nele nela deles delas disso daí
            posteriormente""",
        "phrases": """este último; esta última; estes últimos; estas últimas; no entanto; além disso; além disto;
            por isso; por outro lado; por exemplo; por conseguinte; por sua vez; ainda assim; mesmo assim; de
            fato; de facto; com isso; com efeito; apesar disso; apesar disto; ao mesmo tempo; em contrapartida;
            em seguida; em resposta; em consequência; em outras palavras; do mesmo modo; da mesma forma; pelo
            contrário; ao contrário; nesse sentido; nesse contexto; nesse momento; nesse dia; neste sentido;
            neste contexto; enquanto isso; segundo ele; segundo ela; segundo eles; para ele; para ela; para eles;
            no dia seguinte; no mesmo dia; desde então; até então; já ele; já ela; ou seja; isto é; pouco depois;
            um deles; uma delas; muitos deles; entre eles; entre elas; o seu; a sua; os seus; as suas; com ele;
            com ela""",
        "before_comma": "depois; por fim; logo; finalmente; em particular; ali; aí; mais tarde",
        "bare": "este esta esse essa estes estas esses essas muitos alguns outros todos nenhum",
        "verbs": "é foi são foram era eram tem têm será seria ia vai está estão havia",
        "pointing": "este esta esse essa estes estas esses essas tal tais",
        "shells": "decisão anúncio declarações declaração palavras medida medidas afirmações acusações questão",
        "sayings": """disse acrescentou afirmou explicou declarou destacou ressaltou lembrou sublinhou concluiu
            informou reiterou apontou indicou""",
        "that": "que",
        "clears": "assim como; assim que; sua majestade; sua santidade; e se; além de",
        "speakers": "ele ela eles elas",
    },
    "nl": {
        "words": """hij zij ze hun hen haar zijn hem laatstgenoemde maar en of ook want dus daarom daarnaast
            bovendien echter toch daarbij daarmee daarna daardoor daarvoor daarop daarvan daarin daar hierdoor
            hierbij hiermee hierna vervolgens dan toen ondertussen intussen niettemin desondanks verder tevens
            eveneens evenmin integendeel bijgevolg kortom immers namelijk sindsdien tegelijkertijd tegelijk
            anderzijds overigens zo""",
        "phrases": """volgens hem; volgens haar; volgens hen; aan de andere kant; met andere woorden; in reactie
            daarop; in plaats daarvan; in dat geval; om die reden; de volgende dag; diezelfde dag; dezelfde dag;
            even later; kort daarna; onder hen; een van hen; velen van hen; bij hem; voor hem; voor haar; voor
            hen; die dag; dat jaar""",
        "before_comma": "uiteindelijk; later; wel",
        "bare": "dat dit deze die beide beiden velen sommigen anderen",
        "verbs": """is was zijn waren heeft hebben had hadden wordt worden werd werden kan kon moet moest zal zou
            zouden zei betekent blijkt komt gaat lijkt leidde geldt""",
        "pointing": "deze dit die dat",
        "shells": """beslissing besluit uitspraak uitspraken verklaring aankondiging maatregel maatregelen vraag
            kwestie""",
        "clears": "zo'n; ook al; en passant; toen de; toen het; toen een; zo snel",
        "sayings": "zei zegt aldus vertelde schreef benadrukte stelde",
        "speakers": "hij zij ze",
    },
    "ru": {
        "words": """он она они оно его её ее их ему ей им это там но а и или однако также тоже поэтому затем
            потом зато впрочем тогда причём причем притом напротив наоборот следовательно соответственно таков
            такова таково таковы оба обе""",
        "phrases": """кроме того; кроме этого; при этом; таким образом; тем не менее; тем временем; между тем; в
            то же время; более того; в частности; в связи с этим; в результате; в итоге; в ответ; в свою очередь;
            в таком случае; в противном случае; из-за этого; после этого; после чего; до этого; для этого; об
            этом; к тому же; с другой стороны; вместе с тем; наряду с этим; по его словам; по её словам; по ее
            словам; по их словам; по его мнению; по ее мнению; по их данным; по их мнению; по этой причине; на
            следующий день; в тот же день; иными словами; другими словами; тут же; вместо этого; несмотря на это;
            помимо этого; с тех пор; среди них; один из них; у него; у неё; у нее; у них; для него; для нее; для
            них; последний; последняя""",
        "before_comma": "так; итак; например; в целом; наконец",
        "sayings": """добавил добавила добавили сказал сказала отметил отметила заявил заявила пояснил пояснила
            подчеркнул подчеркнула сообщил сообщила""",
        "that": "что",
        "clears": "а также; так как; и хотя; и если",
        "speakers": "он она они",
    },
    "uk": {
        "words": """він вона вони воно його її їх їхній їхня їхнє їхні йому їй їм це там але а і й та чи або
            проте однак також теж тому отже втім утім потім тоді зате натомість водночас навпаки відтак
            відповідно зокрема обидва обидві""",
        "phrases": """тим часом; крім того; крім цього; при цьому; таким чином; тим не менш; більше того; до того
            ж; з іншого боку; разом з тим; у зв'язку з цим; у результаті; у відповідь; у свою чергу; у підсумку;
            у той же час; через це; після цього; після чого; до цього; для цього; про це; за його словами; за її
            словами; за їхніми словами; за їх словами; на його думку; на її думку; на їхню думку; наступного дня;
            того ж дня; іншими словами; замість цього; попри це; незважаючи на це; з того часу; серед них; один
            із них; один з них; у нього; у неї; у них""",
        "before_comma": "так; наприклад; загалом; нарешті",
        "sayings": """додав додала додали сказав сказала зазначив зазначила заявив заявила пояснив пояснила
            наголосив наголосила повідомив повідомила""",
        "that": "що",
        "clears": "а також; так як; і хоча; якщо; та сама",
        "speakers": "він вона вони",
    },
    "ar": {
        "words": """كما هو هي هم هما هن ذلك كذلك لذلك لهذا بذلك لكن لكنه لكنها لكنهم بل ثم إذ بالتالي عليه هكذا بدوره
            بدورها أضاف أضافت أضافوا تابع تابعت أردف أردفت استطرد استطردت استدرك استدركت أيضا أيضاً بينهم""",
        "phrases": """هذا ما; هذا هو; هذه هي; هذا الأمر; مع ذلك; رغم ذلك; برغم ذلك; على الرغم من ذلك; بالإضافة إلى
            ذلك; إضافة إلى ذلك; إلى ذلك; علاوة على ذلك; فضلا عن ذلك; في المقابل; في الوقت نفسه; في الوقت ذاته; في
            هذا السياق; في هذا الإطار; في هذا الصدد; من ثم; من هنا; من جهة أخرى; من ناحية أخرى; غير أن; غير أنه;
            غير أنها; إلا أن; إلا أنه; إلا أنها; بيد أن; كما أن; كما أنه; كما أنها; كما أكد; كما أكدت; كما أشار;
            كما أشارت; كما قال; كما قالت; كما أوضح; كما أضاف; كما ذكر; كما دعا; كما دعت; كما شدد; كما أعلن; كما
            أعلنت; كما تم; منذ ذلك الحين; بعد ذلك; قبل ذلك; نتيجة لذلك; من بينهم; على سبيل المثال; في اليوم
            التالي; في اليوم نفسه; وفقا له; بحسب قوله; على حد قوله; ختم""",
        "sayings": """قال قالت قالوا أكد أكدت أوضح أوضحت أشار أشارت ذكر ذكرت أعلن أعلنت شدد شددت اعتبر اعتبرت نفى
            لفت بين صرح صرحت زعم رأى""",
        "that": "أن إن ان بأن أنه أنها إنه إنها إنهم أنهم إلى على",
        "speakers": "هو هي هم",
    },
    "fa": {
        "words": "او وی آنها آن‌ها آنان ایشان اما ولی همچنین بنابراین سپس و زیرا چون لذا بلکه البته",
        "phrases": """با این حال; با این وجود; در نتیجه; علاوه بر این; علاوه بر آن; از سوی دیگر; از طرف دیگر; به
            گفته او; به گفته وی; به گفته آنها; در همین حال; در عین حال; به همین دلیل; به همین خاطر; به همین
            ترتیب; این در حالی است; از این رو; در مقابل; برای مثال; برای نمونه; پس از آن; پس از این; در پی آن; به
            این ترتیب; این امر; این موضوع; این مسئله; در واکنش به این; یکی از آنها""",
        "speakers": "او وی آنها",
    },
    "tr": {
        "words": """onlar onların onları onlara onun ona onu ondan bunun buna bunu bundan bunlar bunların bunları
            bunlara kendisi kendisine kendisinin ikisi ancak ama fakat ayrıca böylece ve veya oysa oysaki üstelik
            dolayısıyla ardından aksine çünkü zira nitekim hatta""",
        "phrases": """her ikisi; yine de; öte yandan; diğer yandan; bu nedenle; bu yüzden; bu sebeple; bu arada;
            bu sırada; bu durumda; bu kapsamda; bu bağlamda; bu doğrultuda; bu şekilde; bu açıdan; bu amaçla; bu
            sayede; bu da; bu ise; bu durum; bununla birlikte; bununla beraber; daha sonra; aynı zamanda; aynı
            gün; ertesi gün; söz konusu; o da; o zaman; kısacası; başka bir deyişle; tam tersine; o zamandan beri""",
        "before_comma": "sonra; örneğin; o",
        "speakers": "o onlar",
    },
    "zh": {
        "phrases": """他; 她; 它; 其; 但; 然而; 不过; 此外; 因此; 所以; 同时; 另外; 而且; 并且; 于是; 接着; 随后;
            对此; 与此同时; 这是; 这也; 这意味; 这使; 这让; 这将; 而; 也; 或者; 尽管如此; 例如; 换句话说; 总之;
            之后""",
        "clears": "其他; 而今; 也门; 其实",
    },
}
