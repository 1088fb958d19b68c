"""The states of a show, and who may move it from one to another."""

from enum import StrEnum

from showsondemand.tokens import EDITORS, REVIEWERS, Role


class ShowState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    AVAILABLE = "available"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


# The arrows of the state machine. What a reviewer decides needs a reviewer; the rest an editor.
_MOVES: dict[tuple[ShowState, ShowState], frozenset[Role]] = {
    (ShowState.DRAFT, ShowState.IN_REVIEW): EDITORS,
    (ShowState.IN_REVIEW, ShowState.AVAILABLE): REVIEWERS,
    (ShowState.IN_REVIEW, ShowState.REJECTED): REVIEWERS,
    (ShowState.REJECTED, ShowState.IN_REVIEW): EDITORS,
    (ShowState.AVAILABLE, ShowState.IN_REVIEW): EDITORS,
    (ShowState.AVAILABLE, ShowState.WITHDRAWN): EDITORS,
    (ShowState.WITHDRAWN, ShowState.AVAILABLE): REVIEWERS,
}


def is_move(before: ShowState, after: ShowState) -> bool:
    return (before, after) in _MOVES


def may_move(role: Role, before: ShowState, after: ShowState) -> bool:
    """Whether somebody with ``role`` may move a show along this arrow, which must be one."""
    return role in _MOVES[before, after]
