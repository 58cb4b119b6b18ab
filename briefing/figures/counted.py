"""What is counted, across languages: word forms of our own, each in the class that it belongs to.

Forms are listed as they are written, without stems: a stem such as the French `tu` (tué) would find the pronoun, too.
A class holds what a reader would add up: families are no people, children no women.
"""

from __future__ import annotations

PEOPLE = "people"
MONEY, SHARE = "money", "share"
"""The things of amounts that name what they are in: a currency, per cent."""

THINGS: dict[str, dict[str, str]] = {
    PEOPLE: {
        "en": "people person persons individuals residents inhabitants villagers citizens others lives victims",
        "fr": "personne personnes habitants habitant villageois citoyens citoyen autres vies victimes riverains",
        "es": "persona personas habitantes vecinos ciudadanos vidas víctimas pobladores",
        "de": "mensch menschen person personen einwohner bewohner opfer todesopfer",
        "ar": "شخص شخصا أشخاص مواطن مواطنا مواطنين نسمة ضحية ضحايا آخرين آخرون",
    },
    "civilians": {
        "en": "civilian civilians",
        "fr": "civil civils civile civiles",
        "es": "civil civiles",
        "de": "zivilist zivilisten",
        "ar": "مدني مدنيا مدنيين مدنيون",
    },
    "fighters": {
        "en": """
            fighter fighters militant militants jihadist jihadists jihadi jihadis insurgent insurgents rebel rebels
            gunman gunmen terrorist terrorists extremist extremists combatant combatants militiaman militiamen
            members""",
        "fr": """
            combattant combattants jihadiste jihadistes djihadiste djihadistes insurgé insurgés rebelle rebelles
            terroriste terroristes extrémistes miliciens milicien""",
        "es": """
            combatiente combatientes yihadista yihadistas insurgente insurgentes rebelde rebeldes terrorista
            terroristas miliciano milicianos extremistas""",
        "de": """
            kämpfer kämpfern dschihadist dschihadisten rebell rebellen aufständische terrorist terroristen
            milizionäre""",
        "ar": "مقاتل مقاتلا مقاتلين مقاتلون مسلح مسلحا مسلحين مسلحون عنصر عنصرا عناصر إرهابي إرهابيا إرهابيين",
    },
    "soldiers": {
        "en": "soldier soldiers troops servicemen personnel troopers",
        "fr": "soldat soldats militaire militaires",
        "es": "soldado soldados militar militares tropas efectivos",
        "de": "soldat soldaten truppen",
        "ar": "جندي جنديا جنود عسكري عسكريا عسكريين",
    },
    "police": {
        "en": "policeman policemen officers police",
        "fr": "policier policiers gendarmes",
        "es": "policía policías agentes",
        "de": "polizist polizisten",
        "ar": "شرطي شرطيا شرطيين",
    },
    "men": {
        "en": "men",
        "fr": "hommes",
        "es": "hombres",
        "de": "männer männern",
        "ar": "رجل رجلا رجال",
    },
    "women": {
        "en": "woman women",
        "fr": "femme femmes",
        "es": "mujer mujeres",
        "de": "frau frauen",
        "ar": "امرأة نساء سيدة",
    },
    "children": {
        "en": "child children infant infants baby babies minors boys girls schoolchildren teenagers",
        "fr": "enfant enfants nourrisson nourrissons bébés mineurs garçons filles adolescents",
        "es": "niño niños niña niñas menores bebés adolescentes",
        "de": "kind kinder kindern säuglinge jugendliche",
        "ar": "طفل طفلا أطفال رضيع رضيعا رضع قاصر قاصرا",
    },
    "families": {
        "en": "family families households",
        "fr": "famille familles foyers ménages",
        "es": "familia familias hogares",
        "de": "familie familien haushalte",
        "ar": "عائلة عائلات أسرة أسر",
    },
    "captives": {
        "en": "prisoner prisoners detainee detainees hostage hostages inmates captives suspects pirates",
        "fr": "prisonnier prisonniers détenu détenus otage otages captifs suspects pirates",
        "es": "prisionero prisioneros preso presos detenido detenidos rehén rehenes reclusos piratas",
        "de": "gefangene gefangenen häftling häftlinge geisel geiseln verdächtige piraten",
        "ar": "سجين سجينا سجناء معتقل معتقلا معتقلين محتجز محتجزا محتجزين رهينة رهائن أسير أسيرا أسرى",
    },
    "displaced": {
        "en": "refugee refugees migrants evacuees displaced idps newcomers arrivals",
        "fr": "réfugié réfugiés migrants évacués déplacés sinistrés",
        "es": "refugiado refugiados migrantes desplazados evacuados damnificados",
        "de": "flüchtling flüchtlinge flüchtlingen vertriebene evakuierte migranten",
        "ar": "لاجئ لاجئا لاجئين نازح نازحا نازحين مهجر مهاجرا مهاجرين",
    },
    "medics": {
        "en": "medic medics doctors nurses paramedics",
        "fr": "médecins soignants infirmiers secouristes",
        "es": "médicos sanitarios enfermeras",
        "de": "ärzte sanitäter",
        "ar": "طبيب طبيبا أطباء مسعف مسعفا مسعفين",
    },
    "workers": {
        "en": "worker workers employee employees staff miners volunteers crew crewmen sailors",
        "fr": "employé employés ouvriers salariés mineurs bénévoles marins",
        "es": "trabajador trabajadores empleados obreros mineros",
        "de": "mitarbeiter arbeiter beschäftigte",
        "ar": "عامل عاملا عمال موظف موظفا موظفين متطوع متطوعا",
    },
    "students": {
        "en": "student students pupils",
        "fr": "élève élèves étudiants étudiant écoliers",
        "es": "alumnos estudiantes",
        "de": "schüler studenten",
        "ar": "طالب طالبا طلاب تلميذ تلميذا",
    },
    "passengers": {
        "en": "passenger passengers",
        "fr": "passagers passager",
        "es": "pasajeros pasajero",
        "de": "passagiere insassen",
        "ar": "راكب راكبا ركاب",
    },
    "protesters": {
        "en": "protester protesters protestors demonstrators marchers",
        "fr": "manifestant manifestants",
        "es": "manifestante manifestantes",
        "de": "demonstrant demonstranten",
        "ar": "متظاهر متظاهرا متظاهرين",
    },
    "patients": {
        "en": "patient patients cases",
        "fr": "malades patients cas",
        "es": "pacientes enfermos casos",
        "de": "patienten fälle",
        "ar": "مريض مريضا مرضى حالة حالات",
    },
    "buildings": {
        "en": "house houses home homes building buildings shop shops schools hospitals",
        "fr": "maison maisons bâtiments immeubles logements",
        "es": "casa casas edificios viviendas",
        "de": "haus häuser gebäude wohnungen",
        "ar": "منزل منزلا منازل مبنى مباني بيت بيوت",
    },
    "places": {
        "en": "village villages towns",
        "fr": "villages village communes",
        "es": "pueblos aldeas localidades",
        "de": "dörfer orte ortschaften",
        "ar": "قرية قرى بلدة بلدات",
    },
    "vehicles": {
        "en": "vehicle vehicles truck trucks lorry lorries truckloads cars buses tanks",
        "fr": "véhicules véhicule camion camions voitures chars",
        "es": "vehículos camiones coches tanques",
        "de": "fahrzeuge lastwagen lkw autos panzer",
        "ar": "شاحنة شاحنات مركبة مركبات سيارة سيارات آلية آليات دبابة دبابات",
    },
    "boats": {
        "en": "boat boats vessels ships",
        "fr": "bateaux navires",
        "es": "barcos buques",
        "de": "boote schiffe",
        "ar": "قارب قوارب سفينة سفن",
    },
    "tents": {
        "en": "tent tents",
        "fr": "tentes",
        "es": "tiendas",
        "de": "zelte",
        "ar": "خيمة خيام",
    },
    "strikes": {
        "en": "strike strikes airstrike airstrikes raid raids attacks sorties",
        "fr": "frappes raids attaques bombardements sorties",
        "es": "ataques bombardeos incursiones",
        "de": "angriffe luftangriffe",
        "ar": "غارة غارات ضربة ضربات هجوم هجوما هجمات",
    },
    "missiles": {
        "en": "missile missiles rockets shells",
        "fr": "missiles roquettes obus",
        "es": "misiles cohetes proyectiles",
        "de": "raketen granaten",
        "ar": "صاروخ صاروخا صواريخ قذيفة قذائف",
    },
    "hectares": {
        "en": "hectares acres",
        "fr": "hectares",
        "es": "hectáreas",
        "de": "hektar",
        "ar": "هكتار هكتارا",
    },
    "tonnes": {
        "en": "tonnes tons",
        "fr": "tonnes",
        "es": "toneladas",
        "de": "tonnen",
        "ar": "طن طنا أطنان",
    },
    "jobs": {
        "en": "jobs",
        "fr": "emplois postes",
        "es": "empleos puestos",
        "de": "stellen arbeitsplätze",
        "ar": "وظيفة وظائف",
    },
}

PERSONS = frozenset(
    {
        *{PEOPLE, "civilians", "fighters", "soldiers", "police", "men", "women", "children", "families", "captives"},
        *{"displaced", "medics", "workers", "students", "passengers", "protesters", "patients"},
    }
)
