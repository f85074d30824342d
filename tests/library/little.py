"""A little authored library: one of everything, for tests that load content."""

from pathlib import Path

FILES: dict[str, str] = {
    "vocabulary.yaml": """
topics: {end-use: {en: End use, zh-hans: 最终用途}, space: {en: Space, zh-hans: 航天}}
elements: {end_use_checks: {en: End-use checks, zh-hans: 最终用途核查}, screening: {en: Screening, zh-hans: 筛查}}
violation_types: {unlicensed_export: {en: Unlicensed export, zh-hans: 无证出口}}
discovery: {audit: {en: Audit, zh-hans: 审计}}
case_kinds: {administrative_penalty: {en: Administrative penalty, zh-hans: 行政处罚}}
instrument_kinds: {law: {en: Law, zh-hans: 法律}, regulation: {en: Regulation, zh-hans: 条例}}
event_categories: {law: {en: Law, zh-hans: 法律}}
flag_contexts: {spacecraft: {en: Spacecraft, zh-hans: 航天器}}
reasons: {MT: {en: Missile technology, zh-hans: 导弹技术}}
""",
    "controls/jurisdictions.yaml": """
jurisdictions:
  - {code: cn, name: {en: China, zh-hans: 中国}}
  - {code: us, name: {en: United States, zh-hans: 美国}}
""",
    "controls/authorities.yaml": """
authorities:
  - {slug: cn-mofcom, jurisdiction: cn, name: {en: Ministry of Commerce, zh-hans: 商务部}}
""",
    "controls/regimes/mtcr.yaml": """
slug: mtcr
name: {en: Missile Technology Control Regime, zh-hans: 导弹及其技术控制制度}
abbreviation: MTCR
established: "1987-04-16"
summary: {en: Partners limit the spread of missiles., zh-hans: 伙伴国限制导弹扩散。}
sections:
  - {slug: purpose, heading: {en: Purpose, zh-hans: 宗旨}, body: {en: "See [[mtcr/1.a.1]]."}}
lists: [mtcr]
""",
    "controls/lists/mtcr.yaml": """
key: mtcr
name: {en: MTCR Annex, zh-hans: 附件}
regime: mtcr
as_of: 2026-01-01
entries:
  - code: "1"
    title: {en: Complete delivery systems, zh-hans: 完整运载系统}
    entries:
      - code: 1.A.1
        title: {en: Complete rocket systems, zh-hans: 完整火箭系统}
        reasons: [MT]
        thresholds:
          logic: all
          items:
            - {parameter: payload, op: ">=", value: 500, unit: kg}
            - {parameter: range, op: ">=", value: 300, unit: km}
""",
    "guidance/laws/cn-ecl.yaml": """
key: cn-ecl
title: {en: Export Control Law, zh-hans: 出口管制法}
short: {en: ECL, zh-hans: 出口管制法}
kind: law
jurisdiction: cn
authority: cn-mofcom
in_force: 2020-12-01
summary: {en: The framework law., zh-hans: 框架法律。}
as_of: 2026-01-01
sources: [{title: Official text, publisher: NPC, date: "2020"}]
provisions:
  - label: chapter-1
    number: {en: Chapter I, zh-hans: 第一章}
    heading: {en: General, zh-hans: 总则}
    provisions:
      - label: art-1
        number: {en: Article 1, zh-hans: 第一条}
        texts:
          - gist: {en: "The purpose; see [[cn-ecl/art-2]].", zh-hans: 立法目的。}
      - label: art-2
        number: {en: Article 2, zh-hans: 第二条}
        heading: {en: Scope, zh-hans: 适用范围}
        texts:
          - gist: {en: The old scope.}
          - valid_from: 2027-01-01
            gist: {en: The new scope.}
            to_check: true
""",
    "guidance/laws/cn-old.yaml": """
key: cn-old
title: {en: Old Regulations, zh-hans: 旧条例}
kind: regulation
jurisdiction: cn
in_force: 2002-08-22
repealed: 2024-12-01
superseded_by: cn-ecl
""",
    "guidance/glossary.yaml": """
terms:
  - slug: end-use
    term: {en: end use, zh-hans: 最终用途}
    definition: {en: "What the item is finally used for, under [[cn-ecl]].", zh-hans: 物项的最终用途。}
    related: [cn-ecl]
  - {slug: catch-all, term: {en: catch-all}, definition: {en: Control beyond lists.}, to_check: true}
""",
    "guidance/timeline.yaml": """
events:
  - slug: 2020-law
    date: "2020-10"
    actor: China
    category: law
    text: {en: Law adopted., zh-hans: 通过法律。}
    cites: [cn-ecl]
""",
    "guidance/red-flags.yaml": """
as_of: 2026-01-01
sources: [{title: A list of warnings, publisher: An authority}]
steps: [{en: Stop., zh-hans: 停止。}, {en: "Ask; see [[guide/end-use]].", zh-hans: 询问。}]
categories:
  - {slug: customer, name: {en: Customer, zh-hans: 客户}}
  - {slug: shipping, name: {en: Shipping, zh-hans: 运输}}
flags:
  - slug: shipping-01
    category: shipping
    text: {en: The route makes no sense., zh-hans: 运输路线不合理。}
    why: {en: "It may break the trail, as with [[mtcr/1.a.1]].", zh-hans: 可能切断追踪线索。}
    next: {en: Ask for the usual route., zh-hans: 核实通常路线。}
    contexts: [spacecraft]
    to_check: true
  - slug: customer-01
    category: customer
    text: {en: The buyer avoids saying what it is for., zh-hans: 买方不说明用途。}
    why: {en: A cover story., zh-hans: 可能是掩饰。}
    next: {en: Ask for an end-use statement., zh-hans: 要求提供最终用途说明。}
    frameworks: [cn-ecl]
    cites: [{key: mtcr/1.a.1, role: example}]
""",
    "guidance/guidelines/end-use.md": """---
title: End-use checks
edition: 1
effective_on: 2026-01-01
summary: How to check the end use.
topics: [end-use]
elements: [end_use_checks]
jurisdictions: [cn]
changes: First edition.
as_of: 2026-01-01
---
## Why

Because of [[cn-ecl/art-2|the scope]] and [[case/forgings-2025]].
""",
    "guidance/guidelines/end-use.zh-hans.md": """---
title: 最终用途核查
edition: 1
summary: 如何核查最终用途。
---
## 为什么

依据[[cn-ecl/art-2|适用范围]]。
""",
    "cases/forgings-2025.yaml": """
slug: forgings-2025
title: {en: Forgings under the wrong tariff line, zh-hans: 锻件税号申报错误}
date: "2025-03"
jurisdiction: cn
authorities: [cn-mofcom]
kind: administrative_penalty
instruments: [cn-ecl]
respondents: [{name: A company in Hunan, country: cn, industry: metals}]
destinations: [us]
items: [{description: {en: Titanium forgings}, entries: [mtcr/1.a.1]}]
violation_types: [unlicensed_export]
discovery: audit
elements_failed: [end_use_checks]
space_related: true
penalty: {currency: CNY, amount: 130000}
summary: {en: The wrong code was used., zh-hans: 使用了错误的税号。}
facts: {en: "The goods met [[mtcr/1.a.1]].", zh-hans: 货物符合管制描述。}
lessons: [{en: Classify before the tariff line., zh-hans: 先归类。}]
to_check: [{en: The exact day.}]
""",
}


def write(root: Path, **changed: str | None) -> Path:
    """Write the library below `root`; `changed` maps a path to other words, or None to leave the file out."""
    for path, words in {**FILES, **changed}.items():
        target = root / path
        if words is None:
            target.unlink(missing_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(words.lstrip("\n"), encoding="utf-8")
    return root
