from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from socket import SHUT_WR, socketpair
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli.summarise import CHUNK, Lines, Wish, answer, answered, in_order, summarise

STORM = "The storm reached the coast on Monday and cut the roads to three towns. Schools are closed. Crews work on."
ANSWERS: dict[str, tuple[dict[str, Any], object]] = {
    "a text": ({"id": 7, "title": "Storm", "text": STORM}, 7),
    "no id": ({"text": STORM}, None),
    "an id of its own kind": ({"id": ["a", 1], "text": STORM, "unknown": True}, ["a", 1]),
    "no title": ({"id": "b", "title": None, "text": STORM}, "b"),
    "nothing in it": ({"id": "c", "text": ""}, "c"),
    "a lone surrogate": ({"id": "d", "text": f"\ud800 {STORM}"}, "d"),
}
REFUSED = {
    b"nope": "not JSON: ",
    b'{"id": NaN, "text": "The bridge fell."}': "not JSON: NaN is no value",
    b'{"id": 1e400, "text": "The bridge fell."}': "not JSON: 1e400 is no value",
    b"[1]": "the line is no JSON object",
    b'{"id": 1}': "`text` is missing",
    b'{"text": 5}': "`text` is no string",
    b'{"text": "", "title": 5}': "`title` is no string",
    b'{"docs": []}': "`docs` is no list of documents",
    b'{"docs": [{"text": ""}, 5]}': "`docs[1]` is no JSON object",
    b'{"docs": [{"text": ""}, {}]}': "`docs[1].text` is missing",
    b'{"text": "Rain fell.", "docs": [{"text": "A bridge fell."}]}': "`text` and `docs` are both given",
    b'{"text": "\xff"}': "not UTF-8 at byte 11",
    b"[" * 100_000: "not JSON: ",
}
WISH = Wish(words=20, sentences=None, method="fusion", language=None)


def run(*arguments: object, given: bytes = b"") -> Result:
    return CliRunner().invoke(summarise, list(map(str, arguments)), input=given, standalone_mode=False)


def dumped(record: object) -> bytes:
    return json.dumps(record).encode() + b"\n"


@pytest.mark.parametrize("name", ANSWERS)
def test_a_line_is_answered_with_exact_slices(name: str) -> None:
    record, identity = ANSWERS[name]
    line = answer(dumped(record), WISH).line
    assert line is not None
    reply = json.loads(line)
    assert list(reply) == ["id", "language", "sentences"]
    assert reply["id"] == identity
    text = record["text"]
    assert all(text[s["start"] : s["end"]] == s["text"] and 0 <= s["score"] <= 1 for s in reply["sentences"])
    assert bool(reply["sentences"]) == bool(text)


@pytest.mark.parametrize("line", REFUSED)
def test_a_line_that_is_no_request_is_refused_with_its_reason(line: bytes) -> None:
    reply = answer(line, WISH)
    assert reply.line is None
    assert reply.remarks[0].startswith(REFUSED[line])


def test_documents_are_summarised_together() -> None:
    docs = [
        {"id": "x", "title": "Storm", "text": STORM},
        {"text": "A bridge fell at Weir in the storm. Nobody was hurt."},
    ]
    line = answer(
        dumped({"id": "s", "docs": docs}), Wish(words=40, sentences=None, method="fusion", language="en")
    ).line
    reply = json.loads(line or "")
    assert {s["doc"] for s in reply["sentences"]} == {"x", 1}
    by_name = {"x": docs[0]["text"], 1: docs[1]["text"]}
    assert all(by_name[s["doc"]][s["start"] : s["end"]] == s["text"] for s in reply["sentences"])


@pytest.mark.parametrize("text", [None, ""])
def test_an_empty_text_beside_documents_is_none(text: str | None) -> None:
    assert answer(dumped({"text": text, "docs": [{"text": STORM}]}), WISH).line is not None


def test_json_lines_in_order_a_bad_one_named_the_others_answered(tmp_path: Path) -> None:
    file = tmp_path / "night.jsonl"
    file.write_bytes(
        b"\xef\xbb\xbf" + dumped({"id": 1, "text": STORM}) + b"\nnope\n" + dumped({"id": 2, "text": STORM})
    )
    result = run(file, "--sentences", 1)
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [1, 2]
    assert result.stderr.startswith(f"{file}:3: not JSON")
    assert result.return_value == 1


@pytest.mark.parametrize("dash", [("-",), ()])
def test_standard_input_of_json_lines(dash: tuple[str, ...]) -> None:
    result = run(*dash, "--words", 15, given=dumped({"id": 1, "text": STORM}))
    assert json.loads(result.stdout)["sentences"][0]["start"] == 0
    assert result.return_value == 0


def test_standard_input_of_plain_text() -> None:
    result = run("-", "--sentences", 1, given=f"A storm in the north\n\n{STORM}\n".encode())
    assert result.stdout.splitlines()[1] == STORM.split(". ", maxsplit=1)[0] + "."


def test_files_are_read_as_articles(tmp_path: Path) -> None:
    (tmp_path / "storm.md").write_text(f"---\ntitle: Roads cut\n---\n{STORM}\n")
    (tmp_path / "empty.txt").write_text("")
    result = run(tmp_path / "storm.md", tmp_path / "empty.txt", "--sentences", 1, "--method", "lead")
    assert result.stdout.splitlines()[:2] == ["# Roads cut", STORM.split(". ", maxsplit=1)[0] + "."]
    assert "empty.txt" in result.stderr
    assert result.return_value == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--words", 5, "--sentences", 2), "not both"),
        (("--method", "lexrank"), "lexrank"),
        (("--words", 0), "0"),
        (("--lang", "klingon"), "klingon"),
        (("nowhere.jsonl",), "nowhere.jsonl"),
    ],
)
def test_wrong_use_is_refused(arguments: tuple[object, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exception is not None
    assert message in str(getattr(result.exception, "message", result.exception))


def test_many_lines_come_out_in_order_from_several_workers() -> None:
    numbers = list(range(1, 3 * CHUNK + 8))
    lines = [dumped({"id": n, "text": f"Crew {n} cleared the road. Rain fell."}) for n in numbers]
    with ThreadPoolExecutor(3) as executor:
        found = list(in_order(executor, Lines(BytesIO(b"".join(lines))), WISH))
    assert [number for number, _ in found] == numbers
    assert [json.loads(reply.line or "")["id"] for _, reply in found] == numbers


@pytest.mark.parametrize("where", ["here", "in a pool"])
def test_a_line_is_answered_before_the_next_one_comes(where: str) -> None:
    ours, theirs = socketpair()
    with ours, theirs, theirs.makefile("rb") as stream, ThreadPoolExecutor(2) as executor:
        lines = Lines(stream)
        replies = in_order(executor, lines, WISH) if where == "in a pool" else answered(lines, WISH)
        for number in (1, 2, 3):
            ours.sendall(dumped({"id": number, "text": STORM}))
            assert json.loads(next(replies)[1].line or "")["id"] == number
        ours.shutdown(SHUT_WR)
        assert list(replies) == []


@given(content=st.lists(st.sampled_from([b"a", b"{}", b"\n", b" ", b"\r\n", b"\xff"])).map(b"".join))
def test_lines_are_those_of_the_stream_with_their_numbers(content: bytes) -> None:
    numbered = [(n, line) for n, line in enumerate(content.split(b"\n"), start=1) if line.strip()]
    lines = Lines(BytesIO(content))
    assert lines.first() == (numbered[0][1] if numbered else b"")
    assert [line for _ in range(len(content) + 1) for line in lines.take(2)] == numbered
    rest = Lines(BytesIO(content)).rest()
    assert [line for line in rest.split(b"\n") if line] == [line for _, line in numbered]


@pytest.mark.parametrize(("lang", "found"), [("auto", "en"), ("fr", "fr"), ("pt-BR", "pt")])
def test_the_language_asked_for_is_taken(lang: str, found: str) -> None:
    result = run("-", "--lang", lang, given=dumped({"id": 1, "text": STORM, "language": "de"}))
    assert json.loads(result.stdout)["language"] == found


def test_a_broken_first_line_of_standard_input_is_named_and_the_others_are_answered() -> None:
    result = run("-", given=b"broken\n" + dumped({"id": 1, "text": STORM}) + b'{"id": 2}\n')
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [1]
    assert "standard input:1: not JSON" in result.stderr
    assert "standard input:3: `text` is missing" in result.stderr
    assert result.return_value == 1
    article = run("-", given=f'{STORM}\n{{"a": "line of code"}}\n'.encode())
    assert article.return_value == 0
    assert article.stdout.startswith("# standard input\n")


def test_a_configuration_says_what_no_option_does(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    config = tmp_path / "config.yaml"
    config.write_text(
        "sources: [{folder: seeds}]\nsections: [{id: a, title: A, terms: {en: [storm]}}]\n"
        "summary: {method: lead, sentences: 1}\n",
        "utf-8",
    )
    given = dumped({"text": STORM})

    def told(*arguments: object) -> list[str]:
        reply = json.loads(run(*arguments, given=given).stdout)
        return [sentence["text"] for sentence in reply["sentences"]]

    first = STORM.partition(". ")[0] + "."
    assert told("-c", config) == [first]
    assert told("-c", config, "--sentences", 2) == [first, "Schools are closed."]
    assert told("-c", config, "--method", "fusion", "--words", 100) == told("--words", 100)
