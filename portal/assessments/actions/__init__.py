"""Everything that can happen to an assessment. Each action takes the person as `by` and checks what they may do."""

from portal.assessments.actions.answering import Saved, answer, cleaned
from portal.assessments.actions.delegating import delegate, hand_back, withdraw_delegation
from portal.assessments.actions.lifecycle import close, reopen, start, submit
from portal.assessments.actions.reviewing import approve, remark, send_back

__all__ = [
    "Saved",
    "answer",
    "approve",
    "cleaned",
    "close",
    "delegate",
    "hand_back",
    "remark",
    "reopen",
    "send_back",
    "start",
    "submit",
    "withdraw_delegation",
]
