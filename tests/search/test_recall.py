"""Everything that is there is found, and nothing else: against the real content, by reading all of it."""

import re

import pytest
from pytest_django.plugin import DjangoDbBlocker

from portal.assessments.models import Option
from portal.core.texts import as_dict
from portal.courses.models import QuestionVersion
from portal.search import actions, parsing, queries, ranking, sources
from portal.search.filters import Filters
from portal.search.models import SearchEntry
from portal.search.queries import answers
from portal.search.tokens import fold
from tests.search.conftest import found

# In one process: the content takes several seconds to load, and once is enough.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library"), pytest.mark.xdist_group("content")]

CHINESE = [
    "出口管制", "管制", "海关", "两用物项", "最终用途", "最终用户", "许可证", "许可", "导弹", "卫星", "航天", "制裁",
    "处罚", "行政处罚", "技术转移", "视同出口", "合规", "审计", "培训", "记录保存", "筛查", "无人机", "商务部", "军民",
    "出口经营者", "全面控制", "再出口", "归类", "国务院", "欧盟", "瓦森纳", "中兴", "不可靠实体清单", "临时管制",
    "最终用户和最终用途", "核查", "反制", "稀土", "清单", "禁运", "第十二条", "海关总署", "罚款", "内部合规", "披露",
    "运载火箭", "管控名单", "法",
]  # fmt: skip
LICENCE = r"licen[cs](?:e|es|ed|ing|able)"
ENGLISH = [
    ("licence", LICENCE),
    ("license", LICENCE),
    ("missiles", "missiles?"),
    ("satellite", "satellites?"),
    ("deemed export", r"deemed\W{1,3}export(?:s|ed|ing|er|ers)?"),
    ("end use", r"end\W{1,3}(?:use|uses|used|using)"),
    ("end-user", r"end\W{1,3}(?:users?)"),
    ("red flag", r"red\W{1,3}flag(?:s|ged|ging)?"),
    ("transhipment", "transhipments?"),
    ("brokering", "broker(?:ing|s|ed)?"),
    ("catch-all", r"catch\W{1,3}alls?"),
    ("penalty", "penalt(?:y|ies)"),
    ("technical data", r"technical\W{1,3}data"),
    ("end-use certificate", r"end\W{1,3}use\W{1,3}certificat(?:es?|ions?)"),
    ("screening", "screen(?:ing|s|ed)?"),
    ("compliance", "compliance"),
    ("university", "universit(?:y|ies)"),
    ("forwarder", "forward(?:s|ed|ing|er|ers)?"),
    ("Wassenaar Arrangement", r"wassenaar\W{1,3}arrangements?"),
    ("repealed", "repeal(?:s|ed|ing)?"),
    ("diversion", "diversions?"),
    ("turbojet", "turbojets?"),
    # names, possessives, hyphens, numbers with units, plurals, -ing and -ed, American and British
    ("Huawei", "huawei"),
    ("ZTE's", "zte"),
    ("exporter's", "export(?:s|ed|ing|er|ers)?"),
    ("State Council", r"state\W{1,3}councils?"),
    ("dual-use items", r"dual\W{1,3}(?:use|uses|used|using)\W{1,3}items?"),
    ("re-export", r"re\W{1,3}export(?:s|ed|ing|er|ers)?"),
    ("500 kg", r"500\W{1,3}kg"),
    ("300 km", r"300\W{1,3}km"),
    ("fines", "fin(?:e|es|ed|ing)"),
    ("restricted party", r"restrict(?:s|ed|ing)?\W{1,3}part(?:y|ies)"),
    ("entity list", r"entit(?:y|ies)\W{1,3}list(?:s|ed|ing)?"),
    ("voluntary disclosure", r"voluntary\W{1,3}disclosures?"),
    ("launch vehicle", r"launch(?:es|ed|ing)?\W{1,3}vehicles?"),
    ("organization", r"organi[sz](?:e|es|ed|ing|ations?|ational)"),
    ("foreign direct product", r"foreign\W{1,3}direct\W{1,3}products?"),
    ("de minimis", r"de\W{1,3}minimis"),
    ("semiconductor", "semiconductors?"),
    ("audits", "audit(?:s|ed|ing)?"),
    (
        "Missile Technology Control Regime",
        r"missiles?\W{1,3}technolog(?:y|ies)\W{1,3}control(?:s|led|ling)?\W{1,3}regimes?",
    ),
    ("propellant", "propel(?:s|led|ling|lers?|lants?)?"),
    ("embargo", "embargo(?:es|ed)?"),
    ("carbon fibre", r"carbon\W{1,3}fibres?"),
    ("inside", "inside(?:s|rs?)?"),
    ("freight", "freights?"),
]


def texts() -> dict[str, str]:
    """name -> folded title and body in both languages."""
    whole: dict[str, str] = {}
    for row in SearchEntry.objects.all():
        name = f"{row.key}#{row.part}".rstrip("#")
        whole[name] = f"{whole.get(name, '')}\n{fold(row.title)}\n{fold(row.body)}"
    return whole


@pytest.fixture(scope="module")
def originals(library: None, django_db_blocker: object) -> dict[str, str]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return texts()


@pytest.mark.parametrize("word", CHINESE)
def test_chinese_words(word: str, originals: dict[str, str]) -> None:
    truth = {name for name, words in originals.items() if word in words}
    assert truth, "the word stands somewhere, or the test says nothing"
    assert found(f'"{word}"', language="zh-hans") == truth
    assert found(word, language="zh-hans") >= truth


@pytest.mark.parametrize(("typed", "pattern"), ENGLISH)
def test_english_words(typed: str, pattern: str, originals: dict[str, str]) -> None:
    form = re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])")
    truth = {name for name, words in originals.items() if form.search(words)}
    assert truth
    assert found(f'"{typed}"') == truth
    assert found(typed) >= truth


def test_phrase_and_words_differ() -> None:
    assert found('"end use"') < found("use end")


def test_exclusion() -> None:
    everything, narrowed = found('"export"'), found('"export" -zte')
    assert narrowed == everything - found('"zte"')
    assert narrowed < everything
    assert found('"管制" -"出口管制"') == found('"管制"') - found('"出口管制"')


@pytest.mark.parametrize("code", ["9A01", "9a012", "744.2", "744.21", "IV(a)", "9A515.e", "us-ccl/9a5"])
def test_codes_are_prefixes(code: str) -> None:
    wanted = code.lower().replace("(", ".").replace(")", "")
    keys = set(SearchEntry.objects.values_list("key", flat=True))
    truth = {key for key in keys if key.startswith(wanted) or key.partition("/")[2].startswith(wanted)}
    assert truth
    assert found(code) >= truth


def test_facet_counts_are_what_the_filters_find() -> None:
    results = queries.search('"licence"')
    assert results.total == len(found('"licence"'))
    for facet in ("kind", "jurisdiction", "topic", "year", "authority"):
        value, count = max(results.facets[facet].items(), key=lambda pair: pair[1])
        assert count == len(found('"licence"', Filters(**{facet: (value,)})))
    assert sum(results.facets["kind"].values()) == results.total


def test_a_facet_shows_what_else_could_be_chosen() -> None:
    free = queries.search('"licence"')
    chosen = queries.search('"licence"', filters=Filters(kind=("case",), jurisdiction=("us",)))
    both = queries.search('"licence"', filters=Filters(kind=("case", "provision")))
    assert chosen.total == len(found('"licence"', Filters(kind=("case",), jurisdiction=("us",))))
    assert chosen.facets["kind"].keys() > {"case"}
    assert both.facets["kind"] == free.facets["kind"]
    assert both.total == free.facets["kind"]["case"] + free.facets["kind"]["provision"]


def test_results_in_the_readers_language_come_first() -> None:
    results = [queries.search("9A515", language="zh-hans", page=page) for page in (1, 2)]
    languages = [hit.entry.language for result in results for hit in result.hits]
    assert languages == sorted(languages, reverse=True)
    assert languages[0] == "zh-hans"


def test_a_page_is_one_result_in_two_languages() -> None:
    names = [(hit.entry.key, hit.entry.part) for hit in queries.search("ITAR").hits]
    assert len(names) == len(set(names))


def test_pages_do_not_overlap() -> None:
    folds = [hit.entry.fold for page in (1, 2, 3) for hit in queries.search('"export"', page=page).hits]
    assert len(folds) == len(set(folds)) == 30


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("cn-ecl/art-12", "cn-ecl/art-12"),
        ("cn-ecl art 12", "cn-ecl/art-12"),
        ("CN-ECL article 12", "cn-ecl/art-12"),
        ("9A515", "us-ccl/9a515"),
        ("ear 744.21", "us-ear/744.21"),
        ("744.21", "us-ear/744.21"),
        ("ｃｎ－ｅｃｌ", "cn-ecl"),
    ],
)
def test_best_match(typed: str, key: str) -> None:
    assert queries.search(typed).best[0].entry.key == key


@pytest.mark.parametrize("typed", ["export", "出口管制", "12", "the", "art-12"])
def test_no_best_match_for_words(typed: str) -> None:
    assert queries.search(typed).best == []


def test_synonyms_reach_the_other_language() -> None:
    results = queries.search("视同出口", language="en")
    assert results.also == ("deemed export",)
    assert results.hits[0].entry.language == "en"


def test_better_spelling() -> None:
    assert queries.search("deemd exprot").corrected == "deemed export"


def test_some_of_the_words_when_none_has_all() -> None:
    results = queries.search("出口管制处罚案例", language="zh-hans")
    assert results.loosened
    assert results.total > 0


def test_newest_first() -> None:
    dates = [hit.entry.date for hit in queries.search('"export"', sort="date").hits]
    assert dates == sorted(dates, reverse=True)


def test_suggestions_begin_as_typed() -> None:
    titles = ["".join(words for words, _ in hit.title) for hit in queries.suggestions("deem", language="en")]
    assert titles[0] == "deemed export"
    assert queries.suggestions("9a01", language="en")[0].entry.kind == "entry"
    assert all("出口" in hit.entry.title for hit in queries.suggestions("出口", language="zh-hans"))


def test_every_result_has_its_page() -> None:
    for hit in queries.search('"licence"').hits:
        assert hit.address is not None
        assert hit.url.startswith("/")


def test_reindexing_one_law_changes_nothing() -> None:
    before = SearchEntry.objects.count()
    keys = [key for key in SearchEntry.objects.values_list("key", flat=True) if key.startswith("cn-ecl")]
    assert actions.reindex(keys) == SearchEntry.objects.filter(key__startswith="cn-ecl").count()
    assert SearchEntry.objects.count() == before


def test_nothing_that_is_asked_in_tests_is_found() -> None:
    kinds = set(SearchEntry.objects.values_list("kind", flat=True))
    assert not kinds & {"question", "bank-question"}


@pytest.mark.parametrize("kind", ["course", "lesson", "framework", "element", "requirement", "questionnaire"])
def test_what_teaches_and_assesses_is_found(kind: str) -> None:
    assert SearchEntry.objects.filter(kind=kind).exists()


def test_no_words_of_a_test_question_or_an_option_are_found() -> None:
    asked = [
        text for row in [*QuestionVersion.objects.all(), *Option.objects.all()] for text in as_dict(row.text).values()
    ]
    bodies = "\n".join(SearchEntry.objects.values_list("body", flat=True))
    assert asked
    assert [text for text in asked if len(text) > 60 and text in bodies] == []


def test_each_source_keeps_to_its_prefix() -> None:
    """Or a publication would not be heard."""
    for name, prefix in sources.PREFIXES.items():
        wrong = [piece.key for piece in sources.SOURCES[name](None) if not piece.key.startswith(prefix)]
        assert wrong == []


# --- Codes and articles as people type them; usual questions to the page that explains them ---------------------


@pytest.fixture(scope="module")
def indexed(library: None, django_db_blocker: DjangoDbBlocker) -> list[SearchEntry]:
    with django_db_blocker.unblock():
        return list(SearchEntry.objects.all())


def keys(typed: str, language: str = "en", **others: object) -> list[str]:
    """The pages at the top: best matches, then results."""
    found = queries.search(typed, language=language, **others)  # type: ignore[arg-type]
    return list(dict.fromkeys(hit.entry.key for hit in [*found.best, *found.hits]))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("cn-ecl art 12", "cn-ecl/art-12"),
        ("ECL article 12", "cn-ecl/art-12"),
        ("Article 12 Export Control Law", "cn-ecl/art-12"),
        ("出口管制法第十二条", "cn-ecl/art-12"),
        ("出口管制法第12条", "cn-ecl/art-12"),
        ("出口管制法 第 12 条", "cn-ecl/art-12"),
        ("744.21", "us-ear/744.21"),
        ("§ 744.21", "us-ear/744.21"),
        ("section 744.21", "us-ear/744.21"),
        ("15 CFR 744.21", "us-ear/744.21"),
        ("ear 744.21", "us-ear/744.21"),
        ("9A515", "us-ccl/9a515"),
        ("MTCR 1.A.1", "mtcr/1.a.1"),
        ("USML IV(a)", "us-usml/iv.a"),
        ("part 744", "us-ear/part-744"),
    ],
)
def test_what_is_typed_leads_to_its_page(typed: str, key: str) -> None:
    assert key in keys(typed)[:3]


@pytest.mark.parametrize(
    ("typed", "language", "key"),
    [
        ("deemed export", "en", "term/deemed-export"),
        ("视同出口", "zh-hans", "term/deemed-export"),
        ("Wassenaar Arrangement", "en", "regime/wassenaar"),
        ("MTCR", "en", "mtcr"),
        ("ZTE", "en", "case/zte-2017"),
        ("Export Control Law", "en", "cn-ecl"),
        ("出口管制法", "zh-hans", "cn-ecl"),
        ("catch-all", "en", "term/catch-all"),
    ],
)
def test_usual_questions(typed: str, language: str, key: str) -> None:
    assert key in keys(typed, language)[:3]


@pytest.mark.parametrize(
    "typed", ["deemed export", "出口管制", '"end use"', "licence penalty", "9A01", "kind:case satellite"]
)
def test_order_is_ours_and_the_same_on_every_database(typed: str, indexed: list[SearchEntry]) -> None:
    """By reading every entry: languages first, then our own score, whatever a database thinks of it."""
    question = parsing.widen(parsing.parse(typed), queries.synonyms())
    names = found(typed)
    rows = [row for row in indexed if f"{row.key}#{row.part}".rstrip("#") in names]
    assert len(rows) < queries.BOUND
    ranked: dict[int, tuple[float, ...]] = {}
    for row in rows:
        score = ranking.score(question, row.tokens, row.weight)
        if score > 0:
            place = (-(row.language == "en"), -score, row.fold)
            ranked[row.fold] = min(place, ranked.get(row.fold, place))
    expected = sorted(ranked, key=lambda fold: ranked[fold])
    if len(rows) <= answers.RANKED:
        shown = [hit.entry.fold for hit in queries.search(typed).hits]
        best = {hit.entry.fold for hit in queries.search(typed).best}
        assert shown == [fold for fold in expected[:10] if fold not in best]


def test_counts_are_the_same_however_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Narrowed in the database, where there is too much to look at, or here: the numbers are those of the whole."""
    chosen = Filters(kind=("case", "guideline"), jurisdiction=("us",), state=("in_force",))
    wanted = [
        queries.search("licence", filters=filters, sort=sort)
        for filters in (Filters(kind=("case",)), Filters(kind=("case", "provision"), jurisdiction=("us",)), chosen)
        for sort in ("relevance", "date")
    ]
    # Fewer than all that have the word, more than what the filters leave.
    monkeypatch.setattr("portal.search.queries.answers.BOUND", max(found.total for found in wanted) * 2)
    assert queries.search("licence").more
    again = [
        queries.search("licence", filters=filters, sort=sort)
        for filters in (Filters(kind=("case",)), Filters(kind=("case", "provision"), jurisdiction=("us",)), chosen)
        for sort in ("relevance", "date")
    ]
    for one, other in zip(wanted, again, strict=True):
        assert not other.more
        assert one.total == other.total
        assert [hit.entry.key for hit in one.hits] == [hit.entry.key for hit in other.hits]
