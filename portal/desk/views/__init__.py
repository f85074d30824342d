"""The desk: where authorities write and publish."""

from portal.desk.views.reviewing import (
    approve,
    correct,
    desk,
    history,
    notice,
    publish,
    return_to_draft,
    submit,
    withdraw,
)
from portal.desk.views.writing import draft, keys, preview, revise

__all__ = [
    "approve",
    "correct",
    "desk",
    "draft",
    "history",
    "keys",
    "notice",
    "preview",
    "publish",
    "return_to_draft",
    "revise",
    "submit",
    "withdraw",
]
