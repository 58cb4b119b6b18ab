"""An edition for `build` and for the scheduled build alike: its head, what it is made of, and its files."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from briefing.cli.output import say
from briefing.cli.session import clock
from briefing.opening import read_regular
from briefing.render import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor
    from datetime import date, datetime
    from pathlib import Path

    from briefing.cli.session import Session
    from briefing.compose import Earlier
    from briefing.config import Config, Page
    from briefing.edition import Brief, Edition, EditionInfo, Files, PastEdition
    from briefing.models import Article, Delivered, Notes, Problem, Quoted
    from briefing.parallel import Cache
    from briefing.pipeline import Reading, Watch
    from briefing.render import Typesetter
    from briefing.sources import Found

OPEN = timedelta(hours=72)
"""How long what was delivered counts as still open, and its figures as what is brought up to date: over a weekend."""
SECONDS = {"group": 0.004, "compose": 0.001, "typeset": 0.004}
"""What a stage takes for each article, by which a terminal shows how far it is: of days of 24 to 3,000 articles, on a
machine of two processors, it was half to twice as much."""
MOST_PAST = 9
"""Earlier editions that the charts show beside the one that is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which edition is to be made: its head, what stands in for the config's sources, its files, who watches."""

    head: EditionInfo
    sources: tuple[Path, ...] = ()
    formats: tuple[str, ...] = tuple(FORMATS)
    watch: Watch | None = None
    delivered: Delivered | None = None
    """Of a scheduled edition, what was read before it; None takes all that there is."""


def make_edition(session: Session, wanted: Wanted, *, check: Callable[[Found, Brief], None]) -> Edition:
    """Read the day, make its brief and set it, with what it was made of; `check` refuses a brief by BriefingError.

    RenderError where the PDF cannot be set, with the files that stand.
    """
    from briefing.cli.documents import find
    from briefing.cli.inputs import keep_objects, kept_inputs, key_of_edition, made_of, shared
    from briefing.edition import Edition
    from briefing.parallel import give_back, open_cache
    from briefing.pipeline import in_view_of
    from briefing.render import typesetter_for

    notes, remarks = notes_on(wanted.head.date, session)
    found = find(session, wanted.sources, head=wanted.head)
    found = replace(found, problems=(*found.problems, *remarks))
    earlier = earlier_than(session.output, wanted.head.id)
    head = wanted.head if wanted.sources else numbered(wanted.head, earlier)
    day = Day(found=found, head=head, notes=notes, earlier=earlier, delivered=wanted.delivered)
    with open_cache(session.cache) as cache:
        inputs = made_of(session, day, formats=wanted.formats)
        key = key_of_edition(inputs) if inputs else b""
        known = cache.get(key)
        if inputs and isinstance(known, Edition) and keep_objects(session, day):
            check(found, known.brief)
            cache.save()
            return known
        with typesetter_for(wanted.formats) as typesetter:  # it loads while the brief is made
            named = shared(session, day)
            reading, brief = brief_of_day(named, session.config, wanted.watch, cache, aside=session.cache)
            check(found, brief)
            beside = kept_inputs(inputs, reading) if inputs and (named is not day or keep_objects(session, day)) else ()
            large = reading.shelf is not None
            del reading  # typesetting takes memory of its own
            if large:
                give_back(rings=True)
            folders = page_folders(session)
            cache.save()
            made = in_view_of(
                wanted.watch,
                lambda: set_edition(brief, wanted.formats, session.config.page, folders, typesetter, beside=beside),
                stage="typeset",
                seconds=1 + len(brief.articles) * SECONDS["typeset"],
            )
        if beside:
            cache.put(key, made)
            cache.save()
        return made


@contextmanager
def knowing(session: Session, executor: Executor) -> Iterator[Executor]:
    """Lend an executor that does only what no earlier build has done; it leaves nothing behind itself."""
    from briefing.parallel import open_cache
    from briefing.per_document import remembering

    with open_cache(session.cache, writing=False) as cache, remembering(executor, cache) as lent:
        yield lent


def set_edition(
    brief: Brief,
    formats: Sequence[str],
    page: Page,
    folders: Sequence[Path],
    typesetter: Typesetter | None,
    *,
    beside: Files,
) -> Edition:
    """Set a brief in type; what lies beside its files goes along, where some of them cannot be made too."""
    from briefing.edition import IncompleteError
    from briefing.render import render

    try:
        made = render(brief, formats=formats, page=page, templates=folders, typesetter=typesetter)
    except IncompleteError as error:
        raise IncompleteError(str(error), replace(error.edition, beside=beside)) from error
    hidden = tuple(_hidden(made)) if folders[0].is_dir() and not folders[0].samefile(folders[-1]) else ()
    return replace(made, beside=beside, problems=(*made.problems, *hidden))


HIDDEN = "template"
"""The stage of a problem that tells what a template of the desk's own does not show."""


def _hidden(made: Edition) -> Iterator[Problem]:
    """Yield a problem for each file that does not show the sentences of the brief."""
    from briefing.models import Problem
    from briefing.verify import check_editions

    for name, content in made.files:
        lacking = check_editions(made.brief, {name: content})
        if lacking:
            more = f", and {len(lacking) - 1} more like it" if len(lacking) > 1 else ""
            told = f"{lacking[0].removeprefix(f'{name}: ')}{more}: templates/ leaves it out, or hides it"
            yield Problem(origin=name, stage=HIDDEN, reason=told, lost=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What a brief is made of beside the configuration."""

    found: Found
    head: EditionInfo
    notes: Notes
    earlier: Earlier | None
    delivered: Delivered | None


def brief_of_day(
    day: Day, config: Config, watch: Watch | None = None, cache: Cache | None = None, *, aside: Path | None = None
) -> tuple[Reading, Brief]:
    """Return how a day was understood, and its brief; what a cache knows is not read again.

    Of a large day what memory need not hold is put `aside`, into a folder.
    """
    from briefing.parallel import ProcessExecutor, give_back
    from briefing.per_document import readers_for, remembering, shelf_for, unread_in
    from briefing.pipeline import assign, brief_of, in_view_of, terms_of, understand, unwatched

    delivered, documents = day.delivered, day.found.documents
    terms, shelf = terms_of(config), shelf_for(documents, aside)
    if cache:
        settings = (config.limits, config.summary.method, config.use, terms.made_of)
        documents = unread_in(documents, config.limits, cache, *settings)
    with (
        readers_for(config, documents, say) as workers,
        remembering(workers, cache) if cache else nullcontext(workers) as executor,
    ):
        reading = understand(
            day.found,
            config=config,
            edition=day.head,
            delivered=delivered,
            watch=watch or unwatched,
            executor=executor,
            terms=terms,
            shelf=shelf,
        )
        if shelf and isinstance(workers, ProcessExecutor):
            workers.renew()  # reading filled each with models and tables
        assigned = in_view_of(
            watch,
            lambda: assign(reading, config=config, cut_off=day.head.cut_off, themes=terms.themes, executor=executor),
            stage="group",
            seconds=len(reading.ranked) * SECONDS["group"],
        )
    assigned = replace(assigned, placed=assigned.placed.without_reasons())
    if shelf:
        give_back(rings=True)
    brief = in_view_of(
        watch,
        lambda: brief_of(
            reading,
            assigned,
            config=config,
            edition=day.head,
            earlier=day.earlier,
            notes=day.notes,
            delivered=delivered,
        ),
        stage="compose",
        seconds=len(reading.ranked) * SECONDS["compose"],
    )
    return reading, brief


def numbered(head: EditionInfo, earlier: Earlier | None) -> EditionInfo:
    """Return the head with the number that comes after the newest earlier issue's, or its own where that is higher.

    A round counts the slots before its own, and knows nothing of issues that were built by hand. What is made of other
    sources than the config's is no issue, and has no number.
    """
    following = (earlier.number if earlier else 0) + 1
    return replace(head, number=max(following, head.number or 0))


def scheduled(session: Session, head: EditionInfo) -> tuple[EditionInfo, Delivered]:
    """Return a head as a scheduled edition's, with what the editions delivered before it had read.

    Its period begins where that of the edition before it ended. A build into another folder (`-o`) that has no ledger
    asks the desk's own.
    """
    from briefing.delivery import delivered_before, has_ledger, open_ledger
    from briefing.models import Delivered

    delivered = Delivered()
    places = (session.output, session.home / session.config.archive.folder)
    place = next((folder for folder in places if has_ledger(folder)), None)
    if place is not None:
        with open_ledger(place) as ledger:
            delivered = delivered_before(head.cut_off, head.id, ledger=ledger, output=place)
        recent = recent_briefs(delivered.editions, place, head.cut_off)
        delivered = replace(delivered, recent=recent_articles(recent), quoted=quoted_in(recent))
    return replace(head, period_start=delivered.since), delivered


def recent_briefs(editions: Sequence[str], output: Path, cut_off: datetime) -> list[Brief]:
    """Return the editions of the last days, the newest first; of those that can be read no longer, none.

    The last edition counts however old it is.
    """
    from briefing.edition import read_brief

    found: list[Brief] = []
    for name in reversed(editions):
        try:
            brief = read_brief(read_regular(output / name / "brief.json"))
        except (OSError, ValueError):
            continue
        if name != editions[-1] and cut_off - brief.edition.cut_off > OPEN:
            break
        found.append(brief)
    return found


def recent_articles(briefs: Sequence[Brief]) -> tuple[tuple[str, Article], ...]:
    """Return what editions printed, each article once, with the edition's id."""
    from briefing.compose import articles_of

    found: dict[str, tuple[str, Article]] = {}
    for brief in briefs:
        for article in articles_of(brief):
            found.setdefault(article.id, (brief.edition.id, article))
    return tuple(found.values())


def quoted_in(briefs: Sequence[Brief]) -> tuple[Quoted, ...]:
    """Return the sentences that editions quoted of articles with an address, each once."""
    from briefing.models import Quoted

    found: dict[tuple[str, str], Quoted] = {}
    for brief in briefs:
        for quotation in brief.quotations:
            url = brief.by_id[quotation.article].url
            if url:
                one = Quoted(edition=brief.edition.id, url=url, text=quotation.text, language=quotation.language)
                found.setdefault((url, quotation.text), one)
    return tuple(found.values())


def as_slot(head: EditionInfo, config: Config) -> EditionInfo:
    """Return a head under the name of its day's newest slot, where a day has several."""
    from briefing.delivery import slots_between, timetable

    if config.schedule is None:
        return head
    table = timetable(config.schedule, config.brief.timezone)
    slots = slots_between(table, head.cut_off - timedelta(days=1), head.cut_off)
    return replace(head, id=next((slot.edition for slot in reversed(slots) if slot.day == head.date), head.id))


def page_folders(session: Session) -> tuple[Path, ...]:
    """Return where templates are looked for: beside the config, then those that come with the program."""
    from briefing.render import shipped_templates

    return session.home / "templates", shipped_templates()


def notes_on(day: date, session: Session) -> tuple[Notes, tuple[Problem, ...]]:
    """Return the editor's notes for a day, and what is wrong with them; none where there is no such file."""
    from briefing.extract import NOTE_BYTES, read_notes
    from briefing.models import Notes, Problem
    from briefing.sources import origin_of, read_note

    folder = session.home / session.config.brief.notes
    content = read_note(folder, day, most_bytes=NOTE_BYTES)
    if content is None:
        return Notes(), ()
    if isinstance(content, Problem):
        return Notes(), (content,)
    return read_notes(content, origin=origin_of(folder, day), sections=session.ids)


def plan(session: Session, *, day: date | None, now: datetime | None) -> EditionInfo:
    """Return the head of the edition: of a given day at its hour, or of this moment.

    An edition of a given day is built "at" its cut-off whenever it is really built, so that its bytes stay the same.
    """
    from briefing.edition import cut_off_of, plan_edition

    config = session.config
    zone = ZoneInfo(config.brief.timezone)
    if day is not None:
        at = config.schedule.at[0] if config.schedule and config.schedule.at else None
        moment = now or cut_off_of(day, at=at, zone=zone)
    else:
        moment = clock(now)().replace(second=0, microsecond=0)
    return plan_edition(
        config.brief,
        day=day or moment.astimezone(zone).date(),
        built_at=moment,
        cut_off=moment,
        next_at=_next_after(moment, config),
    )


def _next_after(moment: datetime, config: Config) -> datetime | None:
    """Return when the brief is due next; None where config.yaml has no `schedule:`."""
    from briefing.delivery import next_slots, timetable

    if config.schedule is None:
        return None
    following = next_slots(timetable(config.schedule, config.brief.timezone), moment, 1)
    return following[0].due if following else None


def earlier_than(output: Path, edition_id: str) -> Earlier | None:
    """Return the newest edition before this one with the counts of those before it; None where none can be read."""
    from briefing.compose import earlier_brief, past_edition
    from briefing.edition import edition_ids, listing_beside, read_brief

    newest, number = None, 0
    history: list[PastEdition] = []
    for name in sorted((name for name in edition_ids(output) if name < edition_id), reverse=True):
        try:
            brief = read_brief(read_regular(output / name / "brief.json"))
            newest = newest or earlier_brief(brief, listing_beside(output / name))
        except (OSError, ValueError) as error:
            say(f"{output / name / 'brief.json'}: not read, so nothing is compared with it: {error}")
            continue
        number = number or brief.edition.number or 0
        history.append(past_edition(brief))
        if len(history) == MOST_PAST:
            break
    return None if newest is None else replace(newest, history=tuple(reversed(history)), number=number)
