"""Words too common to tell one text from another, by language."""

from __future__ import annotations

from functools import lru_cache

from briefing.text.words import fold, words

_STOP_WORDS = {
    "en": """
a about above according across actually after again against ago ahead all almost along already also although always
am amid among an and another any anyone anything are aren't around as at away back be became because become becomes
been before behind being below between beyond both but by came can can't cannot come could couldn't despite did
didn't do does doesn't doing don't done down due during each either else enough especially etc even ever every
everyone everything except far few first for from further get gets getting give given go goes going gone got had
hadn't has hasn't have haven't having he he'd he'll he's hence her here here's hers herself him himself his how
however i i'd i'll i'm i've if in indeed instead into is isn't it it'd it'll it's its itself just last later least
less let let's like likely made make makes making many may maybe me meanwhile might mine more moreover most mostly mr
mrs ms much must my myself near nearly neither never nevertheless next no nobody none nonetheless nor not nothing now
of off often on once one only onto or other others otherwise ought our ours ourselves out over own per perhaps put
quite rather really recently said same saw say saying says see seem seemed seems seen several shall she she'd she'll
she's should shouldn't since so some someone something sometimes soon still such take taken tell than that that's the
their theirs them themselves then there there's thereby therefore these they they'd they'll they're they've thing
things this those though through throughout thus till to together told too took toward towards two under unless
unlike until unto up upon us use used using various very via want was wasn't way we we'd we'll we're we've well went
were weren't what what's whatever when where whereas whether which while who who's whoever whole whom whose why will
with within without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself yourselves
""",
    "fr": """
a à afin ai aie aient ailleurs ainsi ait alors après as au aucun aucune auparavant auprès auquel aura aurait auraient
aurons auront aussi autant autour autre autres aux auxquelles auxquels avaient avait avant avec avez avoir avons
ayant beaucoup bien c ça car ce ceci cela celle celle-ci celles celui celui-ci cependant certain certaine certaines
certains ces cet cette ceux chacun chacune chaque chez ci comme comment concernant contre d dans de déjà dedans
dehors delà depuis derrière des dès désormais dessous dessus devant devoir devra devrait dit dite dits doit doivent
donc dont du dû duquel durant elle elle-même elles en encore enfin ensuite entre envers environ es est et étaient
étais était étant êtes étions être eu eue eus eux fait faire fais faisant fait-il faut fera fois font furent fut
hormis hors hui ici il ils j jamais je jusqu jusque l la là laquelle le lequel les lesquelles lesquels leur leurs
lors lorsqu lorsque lui m ma mais malgré me même mêmes mes mien moi moins mon monsieur n ne néanmoins ni nombreuses
nombreux non nos notamment notre nôtre nous on ont or ou où outre par parce parfois parmi pas pendant personne peu
peut peuvent plupart plus plusieurs plutôt pour pourquoi pourra pourrait pourtant près presque puis puisqu puisque qu
quand quant que quel quelle quelles quelqu quelque quelques quels qui quoi quoique rien s sa sans sauf se selon sera
seraient serait seront ses seul seule seulement si sien sinon soi soient sois soit sommes son sont sous souvent suis
suite sur surtout t ta tandis tant te tel telle telles tels tes toi ton toujours tous tout toute toutefois toutes
très trop tu un une va vers veut via voici voilà voire vont vos votre vous vu y
""",
    "de": """
ab aber all alle allem allen aller allerdings alles als also am an andere anderem anderen anderer anderes auch auf
aus außer außerdem bei beide beiden beim bereits bevor bin bis bisher bist da dabei dadurch dafür dagegen daher dahin
damals damit danach daneben dann daran darauf daraus darf darin darüber darum darunter das dass daß davon davor dazu
dein deine dem demnach den denen denn dennoch der deren des deshalb dessen desto deswegen dich die dies diese
dieselbe diesem diesen dieser dieses dir doch dort du durch dürfen ebenso ein eine einem einen einer eines einige
einigen einiger einmal er erst es etwa etwas euch euer eure falls fast für gab ganz gar gegen gegenüber gemäß genau
gerade gewesen gibt ging habe haben hat hatte hatten hätte hätten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem
ihren ihrer ihres im immer in indem infolge innerhalb ins inzwischen ist ja je jede jedem jeden jeder jedes jedoch
jemand jene jenem jenen jener jenes jetzt jüngst kann kaum kein keine keinem keinen keiner könne können könnte
könnten konnte konnten kurz laut lassen ließ machen man manche manchen mehr mehrere mein meine meinem meinen meiner
mich mir mit möchte mögen muss müssen musste mussten nach nachdem neben nein nicht nichts nie niemand noch nun nur ob
obwohl oder ohne sagte sagt schon sehr sei seien sein seine seinem seinen seiner seines seit selbst sich sie sind so
sobald sodass sogar solche solchen solcher soll sollen sollte sollten somit sondern sonst soweit sowie sowohl statt
trotz trotzdem über um und uns unser unsere unter viel viele vielen vom von vor vorher während wann war waren warum
was wegen weil weiter weitere weiteren weiterhin welche welchem welchen welcher welches wenig wenige wenn wer werde
werden wessen wie wieder will wir wird wirklich wo wobei wohl wollen wollte wollten worden wurde wurden würde würden
z zu zudem zum zumindest zur zurück zusammen zwar zwischen
""",
    "es": """
a acá además adonde ahí ahora al algo alguien algún alguna algunas alguno algunos allá allí ambas ambos ante antes
apenas aquel aquella aquellas aquello aquellos aquí así aun aún aunque bajo bastante bien cada casi cierta cierto
ciertos como cómo con conmigo contra cual cuál cuales cualquier cualquiera cuando cuándo cuanto cuanta cuantos cuya
cuyas cuyo cuyos da dado de debe deben debido decir dejar del demás dentro desde después dice dicho dijo dijeron
donde dónde dos durante e el él ella ellas ello ellos embargo en encima entonces entre era eran eras eres es esa esas
ese eso esos esta está estaba estaban estado estamos están estar estará estas este esté esto estos estoy estuvo etc
excepto fue fuera fueron fui ha había habían haber habrá hace hacen hacer hacia haciendo han hasta hay haya hayan he
hecho hemos hizo hubo incluso ir jamás junto la las le les lo los luego más mas me mediante menos mi mí mía mías
mientras mío mis misma mismas mismo mismos mucha muchas mucho muchos muy nada nadie ni ningún ninguna ninguno no nos
nosotras nosotros nuestra nuestras nuestro nuestros nunca o os otra otras otro otros para parte pero poca poco pocos
podemos podrá podría podrían poder por porque pues puede pueden pudo que qué quien quién quienes quizá quizás salvo
se sea sean según seguido ser será serán sería si sí sido siempre siendo sin sino sobre sólo solo solamente son soy
su sus suya suyas suyo suyos tal tales también tampoco tan tanta tanto tantos te tenemos tener tenía tenían tengo ti
tiene tienen toda todas todavía todo todos tras través tu tú tus tuvo u un una unas uno unos usted ustedes va vamos
van varias varios vez veces y ya yo
""",
    "it": """
a abbia abbiamo abbiano accanto ad adesso affinché agli ai al alcun alcuna alcune alcuni alcuno all alla alle allo
allora altra altre altri altro anche ancora anzi appena appunto assai attraverso avanti avendo aver avere aveva
avevano avrà avrebbe avuto ben bene benché c che chi chiunque ci ciascuna ciascuno cioè ciò circa coi col come
comunque con contro così cui d da dagli dai dal dall dalla dalle dallo davanti degli dei del dell della delle dello
dentro detto deve devono di dice dietro dire dopo dove dovrà dovrebbe due dunque durante e è ebbe ecco ed egli ella
entrambi entro era erano essa esse essendo essere essi esso fa fanno fare fatto fece fin fine fino finché forse fosse
fossero fra fu fuori furono già gli grazie ha hai hanno ho i ieri il in infatti inoltre insieme intanto invece io l
la là le lei li lo loro lui lungo m ma mai me meno mentre mi mia mie miei mio molta molte molti molto n ne né neanche
negli nei nel nell nella nelle nello nemmeno neppure nessun nessuna nessuno niente noi non nonostante nostra nostre
nostri nostro nulla o od oggi ogni ognuno oltre oppure or ora ossia parecchi per perché perciò perfino però piuttosto
più poca poche pochi poco poi poiché possono potrà potrebbe presso prima può pur pure qual quale quali qualche
qualcosa qualcuno qualsiasi quando quanta quante quanti quanto quasi quel quell quella quelle quelli quello quest
questa queste questi questo qui quindi s sarà saranno sarebbe sé se sebbene secondo sei sembra sempre senza si sì sia
siamo siano siete sono sopra soprattutto sotto sta stanno stare stata state stati stato stava stessa stesse stessi
stesso su sua subito sue sugli sui sul sull sulla sulle sullo suo suoi t tal tale tali tanta tante tanti tanto te ti
tra tramite tranne troppo tu tua tue tuo tuoi tutta tuttavia tutte tutti tutto un una uno v va vari varie verso vi
via voi volta vostra vostre vostri vostro
""",
    "pt": """
a à acerca agora ainda além algo alguém algum alguma algumas alguns ali ambas ambos ante antes ao aos apenas apesar
após aquela aquelas aquele aqueles aquilo aqui às as assim até através bastante bem cada cá caso cerca com como
contra contudo cuja cujas cujo cujos d da daquela daquele das de debaixo dela delas dele deles demais dentro depois
desde dessa dessas desse desses desta destas deste destes deve devem devido disse disso disto diz do dois dos duas
durante e é eis ela elas ele eles em embora enquanto entanto então entre era eram essa essas esse esses esta está
estamos estão estar estará estas estava estavam este esteja estes esteve estive estou eu exceto fazem fazendo fazer
feita feito fez foi for fora foram fosse há havia hoje in isso isto já jamais lá lhe lhes logo lo longo mais mas me
mediante menos mesma mesmas mesmo mesmos meu meus mim minha minhas muita muitas muito muitos n na nada não nas nela
nele nem nenhum nenhuma nessa nesse nesta neste ninguém no nos nós nossa nossas nosso nossos num numa nunca o onde
ontem ora os ou outra outras outro outros para parte pela pelas pelo pelos per perante pode podem poderá poderia
podia pois por porém porque portanto pouca pouco poucos pôde qual quais qualquer quando quanta quanto quantos quase
que quê quem quer se seja sejam sem sempre sendo senão ser será serão seria si sido só sob sobre sobretudo somente
sou sua suas tal tais talvez também tampouco tão te tem têm temos tendo tenha tenham tenho ter terá teria teu teus
teve ti tinha tinham tido toda todas todavia todo todos tu tua tuas tudo última um uma umas uns vai vão várias vários
vez vezes você vocês vos
""",
    "nl": """
aan aangezien achter af al aldus alle allebei alleen alles als altijd ander andere anderen anders behalve beide ben
beneden bent bij bijna binnen boven bovendien buiten daar daarbij daardoor daarin daarmee daarna daarnaast daarom
daarop daarover daarvan daarvoor dan dat de der deze die dit doch doen doet door dus een één echter eens eerder eerst
elk elke en enige enkele er erg ervan even evenals gaan gaat ge geen gedurende gegeven gehad gekregen geleden geweest
geworden haar had hadden heb hebben hebt heeft hem hen het hetzelfde hier hierbij hij hoe hoewel hun ieder iedere
iedereen iemand iets ik immers in inmiddels is ja je jij jou jouw jullie kan kon konden kunnen kwam laat later liet
maar maken me mede meer mee meest men met mij mijn min moest moesten moet moeten mocht mochten mogen na naar naast
nadat net niet niets niemand nog nogal noch nooit nu nochtans of om omdat omlaag ondanks onder ondertussen ons onze
ook op opdat over overigens pas per reeds rond s sinds sindsdien sommige steeds t tegen tegenover ten tenzij ter
terug terwijl tijdens toch toe toen tot tussen u uit uw vaak vanaf van vanuit vanwege veel verder vervolgens via
volgens voor vooral voordat voorts waar waarbij waardoor waarin waarmee waarna waarom waarop waarvan waarvoor wanneer
want waren was wat we wel welk welke werd werden wie wij wil wilde willen wordt worden wou zal ze zei zeer zegt zelf
zelfs zich zichzelf zij zijn zo zoals zodat zoveel zonder zou zouden zowel zulke
""",
    "ru": """
а без более больше будем будет будете будто будут будучи бы был была были было быть в вам вами вас ваш ваша ваше ваши
вдруг ведь весь во вокруг вообще вот впрочем все всегда всего всей всем всеми всему всех всё всю вся всякий вы где да
даже далее два для до довольно долго должен должна должны другая другие других другое другой его ее ему если есть еще
ещё её же за зато затем зачем здесь и из или им именно иметь ими иногда их к каждая каждый кажется как какая какие
каких какой когда которая которого которое которой котором которому которую которые который которым которых кроме кто
куда лишь лучше между менее меня мне многие много может можно мой моя моё мои мочь мы на над надо наконец нам нами
нас наш наша наше наши не него нее ней нельзя нем нему несколько нет нею неё ни нибудь никогда ним ними них ничего но
ну о об оба однако один одна одни одно около он она они оно опять от отчего очень перед по под пока после потом
потому почему почти при про против пусть раз разве ранее с сам сама сами само свое своего своей своем свои своим
своими своих свой свою своя себе себя сейчас сказал сказала со собой совсем среди так такая также такие таким таких
такое такой там тебе тебя тем теми теперь тех то тобой тогда того тоже той только том тому тот тою три тут ты у уж
уже хоть хотя чего чей чем через что чтоб чтобы чуть эта эти этим этими этих это этого этой этом этому этот эту я
является являются
""",
    "uk": """
а аби або адже але багато без би біля більш більше був буде будемо будете будуть була були було бути в вам вами вас
ваш ваша ваше ваші вже від він вона вони воно все всего всі всіх всім всіма всього всьому вся всю втім ви відтак го
далі два де для до доки досить дуже є же з за завжди зате заради зі зокрема і із із-за інша інше інший інші іще їй їм
їх їхній їхня її його йому й як яка яке який якій якого якої якому яку якщо які яких якими каже коли кожен кожна
кожне кому крім кого ким котрий котра котре котрі куди лише майже мав мала має мають мене мені ми між мій моя моє мої
може можна можуть мною на навіть навіщо над нам нами нас наш наша наше наші не неї нею нема немає нехай ним ними них
ні ніби ніколи ніхто ніщо нічого но ну о об обидва однак один одна одне одні оскільки ось от отже перед під після по
поки при про проте проти раз разом сам сама саме самі свій своє своєї своєму свого свої своїй своїм своїми своїх свою
своя себе серед собі собою сказав сказала стала став та так така таке такий такі також там те тебе тим тих ти то тобі
тобто тоді того тоє той тому треба три туди тут ту ті тільки у усе усі усіх хай хоч хоча хто це цей цим цих цього
цьому цю ця ці цієї чи чого чому через чим чия що щоб ще я являється
""",
    "ar": """
في فى من على إلى الى عن مع أن ان إن إنّ أنّ أنه أنها أنهم إنه إنها إنهم بأن بأنه بأنها لأن لأنه لأنها كأن لكن ولكن
لكنه لكنها لا ولا ما وما لم ولم لن ولن لما ليس وليس ليست هل أ و ف ب ل ك ثم أو او أم أما بل حتى حيث حين حينما عندما
عند عندئذ بعد بعدما قبل قبيل بعض كل كلا كلتا كما كم كيف كان كانت كانوا وكان وكانت يكون تكون كونه كون سيكون ستكون قد
وقد لقد فقد سوف هو هي هم هن هما أنا أنت أنتم نحن وهو وهي وهم هذا هذه هذان هاتان هؤلاء ذلك تلك أولئك ذاك هنا هناك
هنالك بهذا بهذه لهذا لهذه وهذا وهذه بذلك لذلك كذلك وذلك وتلك الذي التي الذين اللذان اللتان اللواتي اللاتي والذي والتي
فيه فيها فيهم منه منها منهم عليه عليها عليهم إليه إليها إليهم عنه عنها عنهم له لها لهم به بها بهم معه معها معهم لي
لنا لك بنا منا علينا إلينا بين بينما بينهم بينها خلال أثناء منذ مذ ضد نحو دون بدون سوى غير إلا الا فقط أيضا أيضاً
ايضا جدا جداً إذا اذا إذ اذ لو لولا كي لكي متى أين أي اي أية ومن وفي وعلى وإلى والى وعن ومع وأن وان وإن فإن فان وأنه
وأنها وإنه مما ممن عما فيما بما كلما مثل مثلا تحت فوق أمام وراء خلف حول قرب لدى لديه لديها ضمن وفق وفقا وفقاً حسب
بحسب بسبب رغم بالرغم جانب عبر داخل خارج ذات ذو ذي نفس نفسه نفسها أحد احد إحدى أكثر اكثر أقل جميع عدة عدد آخر اخر أخرى
اخرى آخرين أول اول الأول الأولى يوم اليوم أمس الآن الان حاليا تم يتم وتم قال قالت وقال وقالت يقول تقول أضاف وأضاف
وأضافت قائلا هذين ذلكم يمكن ربما لعل ليت صار أصبح أصبحت زال يزال أمسى بات ظل مازال أكد وأكد أعلن وأعلن أوضح وأوضح
إضافة بالإضافة كذا أبو أبي ابن
""",
    "fa": """
و در به از که این را با است برای آن یک خود تا کرد بر هم نیز گفت می شود شد شده ما اما یا باید هر او آنها دو اند بود من
کرده وی دیگر همه اگر هستند پیش پس بین چه نمی بی چند نه روی ای هایی کند کنند کنم دارد دارند داشت داشته داشتند نیست
نیستند هست باشد باشند بودن بودند بوده شدن شدند شوند خواهد خواهند توان تواند توانند بعد قبل حتی مورد زیر رو طور طریق
طی ضمن علیه همچنین همین همان هنوز هیچ وقتی وگرنه ولی چون چرا چگونه کجا کدام کسی کسانی کنار کم کنون اکنون گاه مگر
مانند مثل میان نزد نظیر هرچند همواره یعنی یکی آیا آنان آنجا آنچه اینجا اینکه ایشان بار باز بالا بدون برخی بسیار
بسیاری بلکه بنابراین بیش بیشتر تحت تمام تنها جز جمله حال حالی خیلی داد داده دهد دهند روز زیرا سپس سوی شاید شما شان
صرف عدم غیر فقط فوق لذا های ها تر ترین ام ات اش کردن کردند افزود اعلام درباره دربارهٔ پی سایر اول هنگام هنگامی می‌شود
می‌کند نمی‌شود می‌گوید می‌دهد می‌کنند شده‌است کرده‌است آن‌ها این‌که چنین چنان همراه بنا براساس اساس
""",
    "tr": """
acaba ama ancak arada artık asla aslında ayrıca az bana bazen bazı bazıları belki ben benden beni benim beri beş bile
bir birçok biri birkaç birlikte birşey biz bizden bize bizi bizim böyle böylece bu buna bunda bundan bunlar bunları
bunların bunu bunun burada bütün çoğu çok çünkü da daha dahi de defa değil demek diğer diğeri diye dolayı dolayısıyla
dedi ederek edilen eden ediyor eğer elbette en etmek etti ettiği ettiğini fakat falan fazla gene gereken gerek gibi
göre hala hâlâ halde hale hangi hangisi hani hatta hem hemen henüz hep hepsi her herhangi herkes herkese hiç hiçbir
için içinde iken iki ile ilgili ilk ise işte itibaren kadar karşı karşın kendi kendilerine kendine kendini kendisi
kez ki kim kime kimi kimse kısaca madem mi mı mu mü nasıl ne neden nedenle nerde nerede nereye neyse niçin nin niye o
olan olarak oldu olduğu olduğunu olduklarını olma olmak olması olmaz olmadı olup olsa olsun olur ona ondan onlar
onlardan onları onların onu onun orada öte ötürü öyle oysa pek rağmen sadece sanki sen senden seni senin siz sizden
sizi sizin son sonra sonunda şekilde şey şeyler şimdi şöyle şu şuna şunda şundan şunlar şunu şunun tabii tam tamam
tarafından tüm tümü üzere üzerinde var vardı ve veya ya yalnız yani yapan yapılan yaptığı yaptı yerine yine yoksa yok
yönelik zaman zaten zira
""",
    "zh": """
的 一 不 在 人 有 是 为 以 于 上 他 而 后 之 来 及 了 因 下 可 到 由 这 与 也 此 但 并 个 其 已 无 小 我 们
起 最 再 今 去 好 只 又 或 很 亦 某 把 那 你 乃 它 要 将 应 则 被 给 和 就 都 还 她 从 对 向 等 吗 呢 吧 啊
着 过 地 得 所 且 如 若 当 让 我们 你们 他们 她们 它们 这个 那个 这些 那些 这样 那样 自己 什么 怎么 为了
因为 所以 但是 而且 如果 虽然 由于 以及 或者 并且 已经 可以 可能 没有 不是 就是 还是 也是 都是 以后 以前
之后 之前 其中 其他 关于 对于 根据 通过 随着 同时 目前 此外 然而 不过 表示 进行 一个 一些 一种 不会 不能
应该 需要 这是 的是 是一 了一 在这 的一 是在 也不 他的 我的 他说 她说 的人
""",
}


@lru_cache(maxsize=64)
def stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language as `words` gives words, with and without accents; none if unknown."""
    listed = words(_STOP_WORDS.get(language, ""), language)
    return frozenset(listed) | frozenset(map(fold, listed))
