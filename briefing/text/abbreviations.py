"""Abbreviations that are written with a full stop, by language and by what may follow them.

Lists of our own. An entry with a capital matches so and in capitals only (`Gen`, not `gen`); one in small letters
matches in any case. Inner stops are part of the entry (`a.m`), the last one is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

_NEVER = {
    "en": """
        Mr Mrs Ms Mx Messrs Dr Drs Prof St Sts Ste Sen Sens Rep Reps Gov Govs Gen Gens Lt Col Cols Maj Capt Cmdr Cdr
        Comdr Sgt Spc Cpl Pfc Pvt Adm Brig Hon Rev Revd Fr Pres Supt Det Insp Amb Atty Mt Ft Mme Mlle vs v cf viz approx
        est e.g i.e eg ie
    """,
    "fr": """
        M MM Mme Mmes Mlle Mlles Me Mes Dr Drs Pr Prs St Ste Sts Mgr Cdt Cne Gal Col Cap Lt Adj Sgt Vve cf av apr env
        c.-à-d p.ex
    """,
    "de": """
        Dr Prof Hr Hrn Fr Frl St Sr Sen Gen Dipl Ing Mag Hl ca bzw vgl evtl ggf ggfs bspw beispielsw inkl exkl max
        min mind sog zzgl abzgl geb gest ehem allg dt engl frz lat griech röm d.h u.u i.d.r z.t s.o s.u m.e v.a resp
        einschl gegr verh bes insb insbes schätzungsw Fa z.b
    """,
    "es": """
        Sr Sra Srta Sres Sras Srs Dr Dra Drs D Dª Dña Ud Uds Vd Vds Prof Profa Gral Cnel Cap Tte Sgto Cmdte Lic Ing
        Arq Abog Mons Sto Sta Fr Hno Hna Rvdo Excmo Excma Ilmo Avda EE FF JJ RR CC aprox p.ej cf cfr vs Pdte Pdta
        Mtro Mtra sr sra srta dr dra prof gral cnel tte lic ing mons
    """,
    "it": """
        Sig Sigg Sig.ra Sig.na Dott Dott.ssa Dr Prof Prof.ssa Proff On Sen Avv Ing Arch Geom Rag Mons Card Gen Col
        Ten Magg Cap Brig Cav Comm Egr Gent Spett S SS cfr cf es p.es ca c.a v vs sig sigg sig.ra dott dott.ssa prof
        prof.ssa proff on sen avv ing arch geom rag mons card gen col ten magg brig
    """,
    "pt": """
        Sr Sra Srs Sras Srta Dr Dra Drs Dras Exmo Exma Ilmo Prof Profa Eng Engª Arq Gen Gal Cel Cap Ten Maj Sgt Alm
        D Dona Pe Fr Mons Av Rev aprox cf p.ex vs sr sra dr dra prof profa eng gen cel maj sgt alm av
    """,
    "nl": """
        dhr mevr mw mej Mr Dr Drs Ir Ing Prof Ds Kol Gen Lt Sgt Kap St Mgr bijv bv o.a d.w.z m.n m.b.t m.i.v t.a.v
        i.v.m i.p.v a.d.h.v t.o.v t.g.v vgl resp ca incl excl max min zgn plm dr drs ir ing prof ds gen kol lt sgt
        mgr st b.d
    """,
    "ru": """
        им ул пр просп пер пл наб бул пос дер с д кв корп стр обл респ проф акад доц ген полк кап подп лейт св преп о
        зам зав нач гл т.е т.к т.н т.о напр см ср т н ст гос англ нем фр лат греч
    """,
    "uk": """
        ім вул пр просп пров пл наб бул буд кв корп обл смт проф акад доц ген полк св о зам зав нач гол т.зв напр див
        пор т н ст англ нім фр лат гр
    """,
    "tr": """
        Dr Prof Doç Yrd Av Sn Bşk Gn Gen Org Orgen Korg Tümg Tuğg Alb Yb Bnb Yzb Ütğm Ord Arş Öğr Gör Müh Mim Hz St
        Uzm Op Ecz bkz örn krş yak
    """,
    "ar": "د أ م.د أ.د م ص ج ق ت ط ق.م",
    "fa": "د م ص ج ر.ک ر.ك ق.م",
    "pl": """
        prof dr hab inż mgr lic ks bp abp kard o gen płk ppłk mjr kpt por ppor sierż św ul al pl os im tzw tzn np
        m.in ok ww ds pt wg jw red
    """,
    "cs": "p pí mgr ing bc dr doc prof gen plk mjr kpt sv tzv tj např mj ul nám tř vč cca resp",
    "sv": "t.ex bl.a d.v.s dvs s.k ca resp prof dr st jfr",
    "da": "bl.a f.eks dvs d.v.s ca hhv s.k prof dr skt jf",
    "no": "bl.a f.eks dvs d.v.s ca hhv s.k prof dr st jf",
    "fi": "esim mm ns ts tri prof huom vrt ks n",
}
"""Something always follows: titles and ranks before a name, "for example", streets before their names in Russian."""

_EVERYWHERE = "Mr Mrs Ms Dr"
"""Titles that stand before foreign names in any language."""

_NUMERIC = {
    "en": """
        n° no nos No Nos p pp vol vols fig figs ch chap sec secs eq para paras pt ver c ca Jan Feb Mar Apr Jun Jul Aug
        Sep Sept Oct Nov Dec tel ext
    """,
    "fr": "n no nos n° art p pp vol chap fig tél al éd t ch janv jan févr fév avr juil sept oct nov déc h",
    "de": """
        nr Nrn art abs s S bd Bde kap tel abb tab ziff aufl jg h str Jan Feb Mrz Apr Jun Jul Aug Sep Sept Okt Nov Dez
        § §§
    """,
    "es": """
        n nº n° núm núms no art arts p pp pág págs vol cap fig tel tfno ene feb mar abr may jun jul ago sept oct nov
        dic
    """,
    "it": """
        n nn n° nr p pp pag pagg art artt vol cap fig tel c gen feb mar apr mag giu lug ago set sett ott nov dic
    """,
    "pt": """
        n nº n° núm no art arts p pp pág págs vol cap fig tel jan fev mar abr mai jun jul ago set out nov dez
    """,
    "nl": "nr nrs p pp pag blz art hfst afb fig tel jan feb mrt apr jun jul aug sept okt nov dec",
    "ru": "п пп ч гл рис табл стр с т тел № янв фев февр мар апр авг сен сент окт ноя нояб дек",
    "uk": "п пп ч гл рис табл стор с т тел № січ лют бер квіт трав черв лип серп вер жовт лист груд",
    "tr": "no nu s ss sf c cilt mad md tel şek",
    "pl": "nr s str t rozdz rys tab art ust pkt poz tel r",
    "cs": "č str s sv kap obr tab tel",
    "sv": "nr s sid kap kl",
    "da": "nr s kap kl",
    "no": "nr s kap kl",
    "fi": "nro s klo",
}
"""A number follows; before anything else the stop ends the sentence."""

_SOMETIMES = {
    "en": """
        Inc Corp Ltd Co Cos co Bros LLC Jr Sr a.m p.m al dept Dept univ Univ assn ave Ave blvd Blvd rd Rd st Ala
        Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa
        Tenn Tex Va Vt Wash Wis Wyo ph.d Mon Tue Tues Wed Thu Thur Thurs Fri sq ed eds trans
    """,
    "fr": "ex éd éds Sté Cie bd Bd boul ann suiv vs J.-C max min hab p.-d.g p.d.g gén col cap cdt lt adj",
    "de": """
        Mio Mrd Tsd Co Jh Jhd Jhdt Chr u.a u.ä o.ä o.g e.v a.d a.m Str Pl Verl Verf Hg Hrsg Min Std Stck Tel Jr
    """,
    "es": "UU a.m p.m m Cía Ltda S.A Inc Corp Ltd Jr ed eds OO AA a.C d.C EE.UU JJ.OO FF.AA RR.HH CC.OO",
    "it": "d.C a.C s.p.a Inc Corp Ltd Jr ed F.lli cap",
    "pt": "Ltda Cia S.A a.C d.C Inc Corp Ltd Jr ed R Al Pç cap ten",
    "nl": "jl jr sr e.a e.d c.s Inc Corp Ltd Chr a.s mln mld",
    "ru": "др пр д п э н.э",
    "uk": "д п е н.е",
    "tr": "vs Ltd Şti Cad Sok Mah Apt Bul yy M.Ö M.S T.C A.Ş",
    "pl": "r in zł gr godz tys mln mld wiek",
    "cs": "aj r st tis mil mld Kč hod",
    "sv": "m.m m.fl kr tkr f.n st",
    "da": "m.m m.fl mfl kr mio mia pct",
    "no": "m.m m.fl mfl kr mill mrd pst",
    "fi": "milj mrd",
}
"""The sentence ends only where a word follows that opens sentences: "… of Acme Inc. The", "… at 5 p.m. They"."""

_FINAL = "etc usw u.s.w ecc enz osv o.s.v itd itp atd apod jne yms tms vb т.д т.п ін"
"""They close a list, so that a capital behind them opens a sentence, in any language."""

_UNITS = {
    "ru": "г гг в вв руб коп долл чел млн млрд тыс км м см кг га ч мин сек ст л экз",
    "uk": "р рр ст руб коп грн дол чол млн млрд тис км м см кг га год хв сек л",
    "ar": "م هـ ه",
    "fa": "م ه ه.ش ه.ق",
    "fr": "m km min",
    "pt": "m km h min",
    "tr": "m km",
}
"""After a number the stop ends the sentence (`в 2016 г. Он`); elsewhere it does not (`г. Москва`)."""

ORDINALS = frozenset(
    {
        "de",
        "da",
        "no",
        "nb",
        "nn",
        "fi",
        "et",
        "lv",
        "lt",
        "cs",
        "sk",
        "sl",
        "hr",
        "bs",
        "sr",
        "pl",
        "hu",
        "tr",
        "is",
        "fo",
        "lb",
    }
)
"""Languages that write ordinal numbers with a full stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviations:
    """The abbreviations of one language, each set closed under the ways to write it."""

    never: frozenset[str]
    numeric: frozenset[str]
    sometimes: frozenset[str]
    units: frozenset[str]
    final: frozenset[str]
    every: frozenset[str]


@lru_cache(maxsize=64)
def abbreviations(language: str) -> Abbreviations:
    """Return the abbreviations of a language; those of English where it has no list."""
    known = language if language in _NEVER else "en"
    lists = {
        "never": _spellings(f"{_EVERYWHERE} {_NEVER[known]}"),
        "numeric": _spellings(_NUMERIC.get(known, "")),
        "sometimes": _spellings(_SOMETIMES.get(known, "")),
        "units": _spellings(_UNITS.get(known, "")),
        "final": _spellings(_FINAL),
    }
    return Abbreviations(**lists, every=frozenset().union(*lists.values()))


def _spellings(listed: str) -> frozenset[str]:
    entries = listed.split()
    longer = [entry for entry in entries if len(entry) > 1]  # a single capital is an initial
    small = [entry for entry in longer if entry == entry.lower()]
    return frozenset(entries) | {entry.upper() for entry in longer} | {_capitalised(entry) for entry in small}


def _capitalised(entry: str) -> str:
    return entry[0].upper() + entry[1:]
