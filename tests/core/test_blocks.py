"""Markdown as plain data for paper."""

from portal.core import blocks

TEXT = """## A *heading*

One **two** [[cn-ecl/art-1|words]] and [[a/b]], a note[^1],
出口
管制.

3. three
4. four
   * deep

| a | b |
|---|---|
| 1 | 2 |

> Quoted `code`.

```
plain
```

---

[^1]: Its words.
"""


def test_every_kind_of_block_is_read() -> None:
    made = blocks.blocks(TEXT)
    assert [block["t"] for block in made] == ["heading", "paragraph", "list", "table", "quote", "code", "rule"]
    assert made[0] == {"t": "heading", "level": 2, "c": [{"t": "text", "s": "A "}, {"t": "em", "c": [text("heading")]}]}
    assert made[2]["first"] == 3
    assert made[2]["items"][1][1]["items"] == [[{"t": "paragraph", "c": [text("deep")]}]]
    assert made[3]["head"] == [[text("a")], [text("b")]]
    assert made[3]["rows"] == [[[text("1")], [text("2")]]]


def test_running_text_keeps_its_notes_and_citations() -> None:
    asked = []

    def cite(key: str, fragment: str, words: str) -> blocks.Inline:
        asked.append((key, words))
        return {"t": "cite", "s": words or "title", "number": 1}

    pieces = blocks.blocks(TEXT, cite=cite)[1]["c"]
    assert asked == [("cn-ecl/art-1", "words"), ("a/b", "")]
    assert {"t": "note", "c": [{"t": "paragraph", "c": [text("Its words.")]}]} in pieces
    assert "".join(piece.get("s", "") for piece in pieces).endswith(", 出口管制.")


def test_markup_in_words_stays_words() -> None:
    assert blocks.blocks("#read(x) <b>$y$</b>")[0]["c"] == [text("#read(x) <b>$y$</b>")]


def text(words: str) -> dict[str, str]:
    return {"t": "text", "s": words}
