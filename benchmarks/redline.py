"""How long the redline of a long law takes, against difflib over the whole text.

    python -m benchmarks.redline [--paragraphs 3417] [--edits 50] [--peer-seconds 60]

Prints seconds for a chapter in provisions with a few edits, for one provision with all of the text on one side and on
both, and for two texts without any likeness. The peer, difflib.SequenceMatcher over the words of the whole text, is
stopped after `--peer-seconds`.
"""

import argparse
import difflib
import multiprocessing
import random
import re
import time
from collections.abc import Callable

from portal.guidance import redline
from portal.guidance.redline import Change, Part

LATIN = re.findall(
    r"\w+",
    "the exporter licence item shall not be exported without authorisation of competent authority unless party end "
    "use user country group technology software foreign direct product paragraph section control list military "
    "satellite launch reexport transfer knowledge reason records kept years notice",
)
HAN = "出口管制物项许可海关核查最终用户两用技术导弹卫星制裁合规审计培训记录归类商务部条例法律清单应当不得经营者"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--paragraphs", type=int, default=3417, help="provisions of the chapter")
    parser.add_argument("--edits", type=int, default=50, help="how many of them differ")
    parser.add_argument("--peer-seconds", type=float, default=60, help="when the peer is stopped")
    chosen = parser.parse_args()
    print(f"{'':44}{'KB':>7}{'ours s':>10}{'difflib s':>12}{'changed':>9}")
    for name, script in (("English", LATIN), ("Chinese", list(HAN))):
        old = chapter(script, chosen.paragraphs)
        new = edited(old, script, chosen.edits)
        show(f"{name}, {chosen.paragraphs} provisions, {chosen.edits} edits", old, new, chosen.peer_seconds)
    whole_old = [Part("all", "", "\n".join(part.text for part in chapter(LATIN, 500)))]
    whole_new = [Part("all", "", "\n".join(part.text for part in edited(chapter(LATIN, 500), LATIN, 20)))]
    show("one provision of 500 paragraphs, 20 edits", whole_old, whole_new, chosen.peer_seconds)
    show("the same, one side empty", [Part("all", "", "")], whole_new, chosen.peer_seconds)
    run_on = [Part("all", "", whole_old[0].text.replace("\n", " "))]
    other = [Part("all", "", " ".join(f"w{number}" for number in range(len(run_on[0].text) // 6)))]
    show("one paragraph against another without likeness", run_on, other, chosen.peer_seconds)


def chapter(script: list[str], number: int) -> list[Part]:
    """Provisions of about 230 characters, the same in every run."""
    chance = random.Random(7)
    joint = "" if len(script[0]) == 1 else " "
    length = 230 if not joint else 38
    return [
        Part(f"art-{at}", f"Article {at}", joint.join(chance.choices(script, k=length)) + f"{joint}{at}.")
        for at in range(number)
    ]


def edited(parts: list[Part], script: list[str], edits: int) -> list[Part]:
    """The same with some words of some provisions put in, left out or changed, one provision taken out, one put in."""
    chance = random.Random(8)
    joint = "" if len(script[0]) == 1 else " "
    found = list(parts)
    for at in chance.sample(range(len(parts)), edits):
        words = parts[at].text.split(joint) if joint else list(parts[at].text)
        place = chance.randrange(len(words) - 3)
        words[place : place + chance.randrange(3)] = chance.choices(script, k=chance.randrange(1, 4))
        found[at] = Part(parts[at].key, parts[at].heading, joint.join(words))
    del found[len(found) // 3]
    found.insert(len(found) // 2, Part("art-new", "Article new", joint.join(chance.choices(script, k=30))))
    return found


def show(name: str, old: list[Part], new: list[Part], limit: float) -> None:
    size = sum(len(part.text.encode()) for part in new) / 1000
    start = time.perf_counter()
    lines = redline.compare(old, new)
    ours = time.perf_counter() - start
    changed = sum(line.change is not Change.UNCHANGED for line in lines)
    peer = within(limit, whole, "\n".join(part.text for part in old), "\n".join(part.text for part in new))
    said = f"{peer:>12.2f}" if peer is not None else f"{f'> {limit:.0f}':>12}"
    print(f"{name:44}{size:>7.0f}{ours:>10.3f}{said}{changed:>9}", flush=True)


def whole(old: str, new: str) -> None:
    """The peer: all words of both texts laid against one another."""
    tokens = redline.texts.TOKEN.findall(old), redline.texts.TOKEN.findall(new)
    difflib.SequenceMatcher(None, *tokens, autojunk=False).get_opcodes()


def within(limit: float, work: Callable[[str, str], None], old: str, new: str) -> float | None:
    """Seconds that the work took; None when it was stopped."""
    process = multiprocessing.get_context("fork").Process(target=work, args=(old, new))
    start = time.perf_counter()
    process.start()
    process.join(limit)
    if process.is_alive():
        process.terminate()
        process.join()
        return None
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
