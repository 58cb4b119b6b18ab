"""The preview as a reader meets it, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser import Browser
    from tests.preview.conftest import Desk

BRIEF = "document.getElementById('brief').contentDocument"
BOARD = "document.getElementById('board')"
MISTAKES = "document.getElementById('mistakes')"


def place_of(page: Browser, text: str) -> tuple[float, float]:
    """Return where in the window the middle of a text of the brief stands."""
    x, y = page.run(
        f"""(() => {{
            const frame = document.getElementById('brief'), doc = frame.contentDocument;
            const walker = doc.createTreeWalker(doc.querySelector('#stories'), NodeFilter.SHOW_TEXT);
            while (walker.nextNode() && !walker.currentNode.data.includes({text!r}));
            const range = doc.createRange(), start = walker.currentNode.data.indexOf({text!r});
            range.setStart(walker.currentNode, start);
            range.setEnd(walker.currentNode, start + {len(text)});
            walker.currentNode.parentElement.scrollIntoView({{block: 'center', behavior: 'instant'}});
            const box = range.getClientRects()[0], outer = frame.getBoundingClientRect();
            return [outer.x + box.x + box.width / 2, outer.y + box.y + box.height / 2];
        }})()"""
    )
    return x, y


def test_the_brief_stands_beside_what_fell_where(page: Browser) -> None:
    page.wait(f"{BRIEF}.body.innerText.includes('The river rose two metres')")
    board = page.run(f"{BOARD}.innerText")
    assert "The river" in board
    assert "needs 1.00" in board
    near = page.run(f"[...{BOARD}.querySelectorAll('.near')].map(story => story.innerText).join()")
    assert "Bread again" in near
    assert "needs 4.50" in near
    assert page.troubles() == []


def test_one_key_leads_to_what_fell_where_and_back(page: Browser) -> None:
    page.wait(f"{BRIEF}.documentElement.dataset.ready && {BOARD}.querySelector('summary')")
    press = "dispatchEvent(new KeyboardEvent('keydown', {key: 'F2', bubbles: true}))"
    page.run(f"{BRIEF}.body.{press}")
    assert page.run("document.activeElement.tagName") == "SUMMARY"
    page.run(f"document.activeElement.{press}")
    assert page.run("document.activeElement.id") == "brief"
    assert page.run("document.getElementById('pdf').getAttribute('href')").startswith("/brief.pdf?")


def test_saving_the_config_changes_the_page(desk: Desk, page: Browser) -> None:
    desk.config.write_text(desk.config.read_text().replace("title: The river", "title: Water"))
    page.wait(f"{BRIEF}.body.innerText.includes('Water') && {BOARD}.innerText.includes('Water')")
    desk.config.write_text(desk.config.read_text().replace("threshold: 4.5", "threshold: 0.5"))
    page.wait(f"{BRIEF}.body.innerText.includes('The bakery') && !{BOARD}.querySelector('.near')")


def test_what_the_page_cannot_do_stands_above_the_sections(desk: Desk, page: Browser) -> None:
    desk.config.write_text(desk.config.read_text() + "page: {theme: {logo: ours.svg}}\n")
    page.wait(f"{BOARD}.querySelector('summary').innerText.startsWith('To be mended')")
    assert "no picture ours.svg" in page.run(f"{BOARD}.querySelector('details').innerText")
    desk.config.write_text(desk.config.read_text() + "summary: {words: }\n")
    page.wait(f"{MISTAKES}.innerText.includes('`words` has no value')")


def test_an_editor_that_saves_by_renaming_is_followed_too(desk: Desk, page: Browser) -> None:
    beside = desk.folder / "config.yaml.new"
    beside.write_text(desk.config.read_text().replace("title: The river", "title: Renamed"))
    beside.rename(desk.config)
    page.wait(f"{BRIEF}.body.innerText.includes('Renamed')")


def test_a_new_article_and_a_new_template_change_the_page(desk: Desk, page: Browser) -> None:
    (desk.folder / "night" / "c.txt").write_text("Ferry\n\nThe ferry crossed the river again on Friday.")
    page.wait(f"{BRIEF}.body.innerText.includes('The ferry crossed')")
    desk.story.write_text("<article class='own'>{{ story.headline }}, our way</article>\n")
    page.wait(f"{BRIEF}.querySelector('article.own').innerText.includes('our way')")


def test_mistakes_show_with_their_line_and_the_last_good_brief_stays(desk: Desk, page: Browser) -> None:
    desk.config.write_text(desk.config.read_text().replace("    title: Bread", "    titel: Bread"))
    page.wait(f"!{MISTAKES}.hidden")
    told = page.run(f"{MISTAKES}.innerText")
    assert "unknown key 'titel', did you mean 'title'?" in told
    assert "config.yaml:10:5" in told
    assert page.run(f"{MISTAKES}.querySelector('mark').textContent") == "titel"
    assert "The river rose two metres" in page.run(f"{BRIEF}.body.innerText")
    assert "The river" in page.run(f"{BOARD}.innerText")
    desk.config.write_text(desk.config.read_text().replace("titel", "title"))
    page.wait(f"{MISTAKES}.hidden")


def test_a_mistake_in_a_template_shows_with_its_line(desk: Desk, page: Browser) -> None:
    desk.story.write_text("<article>\n  {{ story.hedline }}\n</article>\n")
    page.wait(f"!{MISTAKES}.hidden")
    assert "hedline" in page.run(f"{MISTAKES}.querySelector('.message').innerText")
    assert page.run(f"{MISTAKES}.querySelector('mark').textContent") == "{{ story.hedline }}"
    assert "story.html.j2:2" in page.run(f"{MISTAKES}.querySelector('.place').innerText")
    desk.story.write_text("<article>\n{% if %}\n</article>\n")
    page.wait(f"{MISTAKES}.querySelector('mark').textContent === '{{% if %}}'")


def test_clicking_a_sentence_shows_its_article_and_why(page: Browser) -> None:
    page.click(*place_of(page, "The river rose two"))
    page.wait("document.querySelector('.sentence.chosen')")
    assert page.run("document.querySelector('.sentence.chosen').textContent") == "The river rose two metres on Monday."
    why = page.run("document.getElementById('why').innerText")
    assert "Printed in The river" in why
    assert "Rank in the article" in why
    assert "About: The river" in why
    assert "night/a.txt" in page.run("document.getElementById('article').innerText")
    page.run("[...document.querySelectorAll('.sentence')].find(one => !one.matches('.chosen')).click()")
    assert page.run("document.querySelector('.sentence.chosen').textContent") == "Families left the bank before night."
    page.run("document.getElementById('back').click()")
    assert page.run(f"!{BOARD}.hidden")


def test_the_open_article_follows_the_files(desk: Desk, page: Browser) -> None:
    page.run(
        f"[...{BOARD}.querySelectorAll('.sentences button')].find(b => b.innerText.includes('two metres')).click()"
    )
    page.wait("document.getElementById('why').innerText.includes('Printed in The river')")
    desk.config.write_text(desk.config.read_text().replace("title: The river", "title: Water"))
    page.wait("document.getElementById('why').innerText.includes('Printed in Water')")
    assert page.run(f"{BOARD}.hidden")


def test_hostile_text_stays_text(desk: Desk, page: Browser) -> None:
    assert "<img src=x onerror=" in page.run(f"{BOARD}.innerText")
    assert "<img src=x onerror=" in page.run(f"{BRIEF}.body.innerText")
    page.run(f"[...{BOARD}.querySelectorAll('.headline')].find(b => b.innerText.includes('onerror')).click()")
    page.wait("document.getElementById('article').innerText.includes('harbour office')")
    desk.config.write_text(desk.config.read_text().replace("title: Bread", "titl<img src=x onerror=stolen=3>: Bread"))
    page.wait(f"{MISTAKES}.innerText.includes('<img')")
    assert page.run("document.querySelectorAll('img').length") == 0
    assert page.run(f"{BRIEF}.querySelectorAll('img, script').length") == 0
    assert page.run("typeof stolen") == "undefined"


def test_nothing_runs_in_the_brief_even_where_a_template_says_so(desk: Desk, page: Browser) -> None:
    desk.story.write_text("<article class='own' onclick='top.stolen=1'><script>top.stolen=1</script>here</article>\n")
    page.wait(f"{BRIEF}.querySelector('article.own')")
    page.run(f"{BRIEF}.querySelector('article.own').click()")
    assert page.run("typeof stolen") == "undefined"


def test_the_brief_asks_nothing_of_the_network(desk: Desk, page: Browser) -> None:
    page.wait(f"{BRIEF}.documentElement.dataset.ready")
    asked = [
        event["params"]["request"]["url"] for event in page.events if event["method"] == "Network.requestWillBeSent"
    ]
    assert asked
    assert [url for url in asked if not url.startswith((desk.url, "data:"))] == []


def test_a_foreign_name_that_leads_to_this_machine_shows_nothing(desk: Desk, page: Browser) -> None:
    page.open(desk.url.replace("127.0.0.1", "rebound.example"))
    page.wait('document.body.innerText.includes("this machine\'s own name only")')
    assert "rebound.example" in page.run("location.host")
