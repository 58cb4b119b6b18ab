// The preview's page. Every text of an article, a config or a template goes into the document as text, never as markup.

const $ = id => document.getElementById(id);
const frame = $("brief");
let state = null;
let chosen = null; // the article that is open: {article, start}

/** Make an element: `node("p", {class: "x"}, "text", otherNode)`. Attributes of null are left out. */
function node(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") made.addEventListener("click", value);
    else if (value !== null) made.setAttribute(key, value);
  }
  made.append(...children.filter(child => child !== null));
  return made;
}

const score = value => value.toFixed(2);

// What is shown: news comes as the number of a state.

new EventSource("/news").onmessage = async ({data}) => {
  if (state === null || state.number !== Number(data)) await refresh();
};

async function refresh() {
  const answer = await fetch("/state");
  const before = state;
  state = await answer.json();
  showStatus();
  showMistakes();
  if (state.day === null) return;
  $("pdf").hidden = false;
  $("pdf").href = `/brief.pdf?${state.number}`;
  $("board").replaceChildren(...board(state.day));
  if (before === null || before.day === null || state.mistakes.length === 0) showBrief();
  if (chosen !== null) await showArticle(chosen.article, chosen.start, {focus: false});
}

function showStatus() {
  const wrong = state.mistakes.length;
  $("title").textContent = state.day === null ? "Preview" : `${state.day.title}, ${state.day.date}`;
  document.title = `${wrong ? "✗ " : ""}${$("title").textContent}`;
  $("status").classList.toggle("wrong", wrong > 0);
  $("status").textContent =
    wrong ? `${wrong} ${wrong === 1 ? "mistake" : "mistakes"}${state.day ? "; the last good brief stays" : ""}`
    : state.day === null ? "The brief is being made …" : `made in ${score(state.seconds)} s; it follows your files`;
}

function showMistakes() {
  $("mistakes").hidden = state.mistakes.length === 0;
  $("mistakes").replaceChildren(node("h2", {}, "Not as it should be"), ...state.mistakes.flatMap(mistake => [
    node("p", {class: "message"}, mistake.message),
    mistake.place ? node("div", {class: "place"}, mistake.place) : null,
    mistake.source.join("").trim() ? node("pre", {}, node("span", {class: "number"}, `${mistake.line} | `),
      mistake.source[0], node("mark", {}, mistake.source[1] || " "), mistake.source[2]) : null,
  ].filter(made => made !== null)));
  for (const mark of $("mistakes").querySelectorAll("mark")) {
    mark.parentElement.scrollLeft = Math.max(0, mark.offsetLeft - mark.parentElement.clientWidth / 2);
  }
}

// One key leads from the brief to what stands beside it, and back; a letter would be in the way of what is typed.

function keyed(event) {
  if (event.key === "Escape" && chosen !== null) return closeArticle();
  if (event.key !== "F2") return;
  event.preventDefault();
  if ($("side").contains(document.activeElement)) frame.contentWindow.focus();
  else toSide();
}

function toSide() {
  const first = chosen === null ? $("board").querySelector("summary") : $("article");
  (first ?? $("side")).focus();
}

document.addEventListener("keydown", keyed);
$("to-side").addEventListener("click", event => { event.preventDefault(); toSide(); });

// The board: the sections, and what fell where.

function board(day) {
  const parts = day.remarks.length ? [group("To be mended", day.remarks.length, {}, day.remarks.map(problemNode))] : [];
  parts.push(...day.sections.map(section => group(section.title, section.stories.length + section.more.length, section, [
    ...section.stories.map(story => storyNode(story, {threshold: section.threshold})),
    ...titled("By headline only", section.more.map(story => storyNode(story, {threshold: section.threshold}))),
    ...titled("Near misses", section.near.map(story => storyNode(story, {
      threshold: section.threshold, kind: "near", note: story.reached ? "it serves better elsewhere" : story.lacks}))),
  ])));
  if (day.also.length) parts.push(group("Also today", day.also.length, {}, day.also.map(story => storyNode(story, {
    kind: "also", note: story.nearest ? `nearest: ${story.nearest.section} ${score(story.nearest.score)}` : "no term of any section"}))));
  if (day.left_out.length) parts.push(group("Left out, or printed in part", day.left_out.length, {}, day.left_out.map(problemNode)));
  return parts;
}

const problemNode = problem => node("p", {class: "plain"}, node("b", {}, problem.origin), ` ${problem.reason}`);

function group(title, count, {parent = null, when_empty: empty = null}, children) {
  const summary = node("summary", {}, `${title} `, node("span", {class: "count"}, String(count)));
  return node("details", {class: parent ? "section under" : "section", open: ""}, summary,
    ...(children.length ? children : [node("p", {class: "plain"}, empty ?? "nothing today")]));
}

const titled = (title, children) => children.length ? [node("h3", {}, title), ...children] : [];

function storyNode(story, {threshold = null, kind = "placed", note = null}) {
  const facts = [story.outlet, story.articles > 1 ? `${story.articles} articles` : null, note].filter(Boolean).join(" · ");
  const limit = threshold === null ? null : node("span", {class: "facts"}, node("b", {class: "score"}, score(story.score)),
    ` · needs ${score(threshold)} · `);
  return node("div", {class: `story ${kind}`},
    node("button", {class: "headline", dir: "auto", onclick: () => showArticle(story.article, null)}, story.headline),
    node("div", {}, limit, node("span", {class: "facts"}, facts)),
    terms(story.terms),
    node("div", {class: "sentences"}, ...(story.sentences ?? []).map(sentence => node("button", {
      dir: "auto", onclick: () => { point(sentence.text); showArticle(sentence.article, sentence.start); },
    }, sentence.text))));
}

function terms(list) {
  return node("div", {class: "terms"}, ...list.map(term => node("span", {class: term.weight < 0 ? "term against" : "term"},
    `${term.term}${term.count > 1 ? ` ×${term.count}` : ""} ${term.weight < 0 ? "" : "+"}${score(term.weight)}`)));
}

// An article, with the chosen sentence marked and why.

async function showArticle(id, start, {focus = true} = {}) {
  const answer = await fetch(`/article/${encodeURIComponent(id)}`);
  if (!answer.ok) return closeArticle();
  const article = await answer.json();
  if (!focus && chosen?.article !== id) return; // closed, or another one opened, while this one was fetched again
  chosen = {article: id, start};
  const why = node("div", {id: "why", "aria-live": "polite"});
  const spans = new Map();
  const choose = at => {
    chosen = {article: id, start: at};
    for (const [key, span] of spans) span.classList.toggle("chosen", key === at);
    why.replaceChildren(...reasons(article, article.sentences.find(sentence => sentence.start === at)));
  };
  $("article").replaceChildren(
    node("button", {class: "link", id: "back", onclick: closeArticle}, "← All sections"),
    node("h2", {dir: "auto"}, article.title ?? article.origin),
    node("p", {class: "plain"}, [article.outlet, article.author, article.published ?? "undated", article.language,
      article.origin].filter(Boolean).join(" · ")),
    why,
    node("div", {class: "text", lang: article.language === "und" ? null : article.language, dir: "auto"},
      ...article.paragraphs.map(paragraph => paragraphNode(paragraph, article.sentences, spans, choose))),
    node("h3", {}, "Sections"), sectionTable(article),
    ...titled("Not the article's own words", article.removed.map(removal =>
      node("p", {class: "plain", dir: "auto"}, `${removal.reason}: ${removal.text}`))),
  );
  choose(start);
  $("article").hidden = false;
  $("board").hidden = true;
  if (focus) {
    $("article").focus({preventScroll: true});
    (spans.get(start) ?? $("article")).scrollIntoView({block: spans.has(start) ? "center" : "start"});
  }
}

function closeArticle() {
  chosen = null;
  $("article").hidden = true;
  $("board").hidden = false;
  if (document.activeElement === document.body) toSide();
}

/** A paragraph cut at its sentences. Offsets count code points, as Python does. */
function paragraphNode(paragraph, sentences, spans, choose) {
  const points = Array.from(paragraph.text);
  const made = node("p", {class: paragraph.role, dir: "auto"});
  let at = paragraph.start;
  const upTo = end => { made.append(points.slice(at - paragraph.start, end - paragraph.start).join("")); at = end; };
  const end = paragraph.start + points.length;
  for (const sentence of sentences.filter(({start}) => start >= paragraph.start && start < end)) {
    upTo(sentence.start);
    const span = node("span", {class: sentence.section ? "sentence printed" : "sentence", role: "button", tabindex: "0",
      onclick: () => choose(sentence.start)}, sentence.text);
    span.addEventListener("keydown", event => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(sentence.start);
    });
    spans.set(sentence.start, span);
    made.append(span);
    at = sentence.end;
  }
  upTo(end);
  return made;
}

function reasons(article, sentence) {
  if (!sentence) return [node("p", {}, "Click a sentence to see why it was chosen, or why not.")];
  const titles = new Map(article.sections.map(section => [section.id, section.title]));
  const relevance = Object.entries(sentence.relevance).map(([id, value]) => `${titles.get(id) ?? id} ${score(value)}`);
  const parts = Object.entries(sentence.parts).map(([name, value]) => `${name} ${score(value)}`);
  const where = sentence.section ? `Printed in ${titles.get(sentence.section) ?? sentence.section}` : sentence.outcome;
  return [
    node("p", {class: "outcome"}, node("b", {}, where)),
    node("p", {}, `Rank in the article ${score(sentence.rank)}${parts.length ? ` (${parts.join(", ")})` : ""}`),
    node("p", {}, relevance.length ? `About: ${relevance.join(", ")}` : "About no section"),
  ];
}

function sectionTable(article) {
  return node("table", {}, node("tbody", {}, ...article.sections.map(section => node("tr", {},
    node("th", {scope: "row"}, section.title),
    node("td", {class: section.score < section.threshold ? "score short" : "score"},
      `${score(section.score)} · needs ${score(section.threshold)}`),
    node("td", {}, section.terms.length ? section.outcome : "no term of it stands here", terms(section.terms))))));
}

// The brief: a page of its own in which nothing runs. This page looks into it to tell which sentence is pointed at.

let kept = 0;

function showBrief() {
  kept = frame.contentDocument?.scrollingElement?.scrollTop ?? 0;
  frame.src = `/brief?${state.number}`;
}

frame.addEventListener("load", () => {
  const page = frame.contentDocument;
  if (page === null || !page.URL.includes("/brief")) return;
  page.scrollingElement?.scrollTo(0, kept);
  const sheet = new frame.contentWindow.CSSStyleSheet();
  sheet.replaceSync("::highlight(pointed) { background: #ffe58a; color: #000 } ::highlight(over) { text-decoration: underline dotted }");
  page.adoptedStyleSheets = [sheet];
  page.addEventListener("click", clicked);
  page.addEventListener("mousemove", hovered);
  page.addEventListener("keydown", keyed);
  page.documentElement.dataset.ready = state.number;
});

function clicked(event) {
  const link = event.target.closest("a[href]");
  if (link) {
    if (link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    if (/^https?:$/.test(link.protocol)) window.open(link.href, "_blank", "noopener,noreferrer");
    return;
  }
  const found = sentenceAt(event);
  if (found === null) return;
  highlight("pointed", found.range);
  showArticle(found.quote.article, found.quote.start);
}

function hovered(event) {
  const found = event.target.closest("a[href]") ? null : sentenceAt(event);
  highlight("over", found?.range ?? null);
  frame.contentDocument.documentElement.style.cursor = found ? "pointer" : "";
}

function highlight(name, range) {
  const {CSS, Highlight} = frame.contentWindow;
  if (!CSS.highlights) return;
  if (range === null) CSS.highlights.delete(name);
  else CSS.highlights.set(name, new Highlight(range));
}

/** The printed sentence under the pointer: the longest whose text, in some element around it, holds that place. */
function sentenceAt({clientX, clientY}) {
  const page = frame.contentDocument;
  const caret = page.caretPositionFromPoint?.(clientX, clientY) ?? page.caretRangeFromPoint?.(clientX, clientY);
  const place = caret?.offsetNode ?? caret?.startContainer;
  if (!place || place.nodeType !== Node.TEXT_NODE) return null;
  const offset = caret.offset ?? caret.startOffset;
  for (let around = place.parentElement; around && around !== page.body; around = around.parentElement) {
    const found = quotesIn(around, place, offset);
    if (found) return found;
  }
  return null;
}

function quotesIn(element, place, offset) {
  const before = element.ownerDocument.createRange();
  before.setStart(element, 0);
  before.setEnd(place, offset);
  const at = before.toString().length, text = element.textContent;
  const holding = state.day.quotes.flatMap(quote => {
    const start = text.lastIndexOf(quote.text, at);
    return start >= 0 && at <= start + quote.text.length ? [{quote, start}] : [];
  }).sort((one, other) => other.quote.text.length - one.quote.text.length);
  if (!holding.length) return null;
  const {quote, start} = holding[0];
  return {quote, range: rangeOf(element, start, start + quote.text.length)};
}

function rangeOf(element, start, end) {
  const range = element.ownerDocument.createRange();
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let at = 0, text = walker.nextNode(); text; at += text.length, text = walker.nextNode()) {
    if (start >= at && start <= at + text.length) range.setStart(text, start - at);
    if (end >= at && end <= at + text.length) { range.setEnd(text, end - at); break; }
  }
  return range;
}

/** Show a sentence of the board in the brief. */
function point(text) {
  const page = frame.contentDocument;
  if (!page?.body) return;
  const blocks = [...page.body.querySelectorAll("#stories p, p, li, div")];
  const block = blocks.find(({textContent}) => textContent.includes(text));
  if (!block) return;
  const start = block.textContent.indexOf(text);
  const range = rangeOf(block, start, start + text.length);
  highlight("pointed", range);
  range.startContainer.parentElement?.scrollIntoView({block: "center"});
}
