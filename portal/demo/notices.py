"""Notices of the demonstration authority, in every state that a reader or an editor meets."""

import datetime as dt

from django.utils import timezone

from portal.core.actors import Actor
from portal.core.dates import today
from portal.notices import actions
from portal.notices.actions import Draft, Target
from portal.notices.models import Notice

JURISDICTIONS = ("xa",)


def make(authority_key: str, *, editor: Actor, publisher: Actor) -> None:
    """Two published, one withdrawn, one scheduled, one in review, one draft."""
    hours = _short(
        "Demonstration: opening hours of the help desk",
        "演示：咨询窗口开放时间",
        "The help desk opens at nine.",
        "咨询窗口九时开放。",
    )
    space = _short(
        "Demonstration: fast lane for launch licences",
        "演示：发射许可快速通道",
        "Repeat launches with unchanged partners are decided in fifteen working days; see [[guide/commercial-space]].",
        "合作方不变的重复发射在十五个工作日内作出决定，参见[[guide/commercial-space|商业航天指南]]。",
        topics=("space", "licensing"),
    )
    audit = _short(
        "Demonstration: what our auditors look at first",
        "演示：检查人员首先查看什么",
        "Written instructions, then proof that they are followed.",
        "先看书面制度，再看执行证据。",
        topics=("audit",),
    )

    def draft(content: Draft) -> Notice:
        return actions.draft(
            content, authority_key=authority_key, by=editor, organisation_key="organisation/export-control-office"
        )

    def published(content: Draft) -> Notice:
        row = draft(content)
        actions.submit(row, by=editor)
        return actions.publish(row, by=publisher)

    withdrawn = published(hours)
    actions.withdraw(
        withdrawn, because={"en": "The desk moved to the portal.", "zh-hans": "咨询已转至本门户。"}, by=publisher
    )
    published(_form())
    published(_consultation())
    scheduled = draft(space)
    actions.submit(scheduled, by=editor)
    actions.schedule(scheduled, at=timezone.now() + dt.timedelta(days=3), by=publisher)
    actions.submit(draft(audit), by=editor)
    draft(_short("Demonstration: holidays", "演示：节假日安排", "To be written.", "待写。"))


def _form() -> Draft:
    """A change of rules that takes effect in forty days."""
    return Draft(
        kind="rule",
        title={
            "en": "Demonstration: a new form for end-user statements",
            "zh-hans": "演示：启用新的最终用户声明格式",
        },
        summary={
            "en": "Exporters use form D-3 for every licence application; the old form is accepted for three months.",
            "zh-hans": "出口经营者申请许可证时使用D-3表；旧表可继续使用三个月。",
        },
        body={
            "en": (
                "This notice is made up, to show how notices work here.\n\n"
                "## What changes\n\n"
                "An application is filed with form **D-3**, signed by the end user. It asks for the site of use and "
                "for a promise not to pass the item on, as [[guide/end-use-checks|the guideline on end-use checks]] "
                "advises.\n\n"
                "## Transition\n\nStatements on the old form are accepted for three months after the effective date."
            ),
            "zh-hans": (
                "本通知为演示而虚构。\n\n## 变更内容\n\n申请时须提交由最终用户签署的**D-3表**，写明使用地点，"
                "并承诺不擅自转让，参见[[guide/end-use-checks|最终用途核查指南]]。\n\n"
                "## 过渡期\n\n生效后三个月内仍接受旧表。"
            ),
        },
        reference="ECO 3",
        effective_on=today() + dt.timedelta(days=40),
        jurisdictions=JURISDICTIONS,
        topics=("end-use", "licensing"),
        changes=(
            Target(
                key="guide/end-use-checks",
                words={"en": "Firms here also file form D-3.", "zh-hans": "本辖区企业另须提交D-3表。"},
                effective_on=today() + dt.timedelta(days=40),
            ),
        ),
    )


def _consultation() -> Draft:
    """Open for comment for three weeks."""
    return Draft(
        kind="consultation",
        title={
            "en": "Demonstration: consultation on records of intangible transfers",
            "zh-hans": "演示：关于无形转让记录的公开征求意见",
        },
        summary={
            "en": "Which records should a firm keep when technology leaves by e-mail, cloud or visit?",
            "zh-hans": "技术通过电子邮件、云端或来访离境时，企业应保存哪些记录？现公开征求意见。",
        },
        body={
            "en": (
                "This notice is made up, to show how notices work here.\n\nWe propose that access lists and transfer "
                "logs are kept for five years, beside the points of "
                "[[guide/technology-and-deemed-exports|the guideline on technology]]."
            ),
            "zh-hans": (
                "本通知为演示而虚构。\n\n拟要求访问名单和转让日志保存五年，"
                "另见[[guide/technology-and-deemed-exports|技术管理指南]]。"
            ),
        },
        reference="ECO 4",
        comment_until=today() + dt.timedelta(days=21),
        comment_to="comments@export-control-office.example",
        jurisdictions=JURISDICTIONS,
        topics=("technology-transfer", "record-keeping"),
    )


def _short(title: str, title_zh: str, body: str, body_zh: str, topics: tuple[str, ...] = ()) -> Draft:
    note, note_zh = "This notice is made up, to show how notices work here.", "本通知为演示而虚构。"
    return Draft(
        kind="announcement",
        title={"en": title, "zh-hans": title_zh},
        summary={
            "en": body if "[[" not in body else body.partition(";")[0] + ".",
            "zh-hans": body_zh.partition("，参见")[0],
        },
        body={"en": f"{note}\n\n{body}", "zh-hans": f"{note_zh}\n\n{body_zh}"},
        jurisdictions=JURISDICTIONS,
        topics=topics,
    )
