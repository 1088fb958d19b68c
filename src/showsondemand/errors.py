"""What can go wrong, as the viewer's world names it, and how RFC 9457 says it over HTTP.

``Problem`` has a handful of kinds that alone know status codes; each context gives its own nouns to a kind.
Every noun has a heading in docs/problems.md.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from starlette.responses import JSONResponse

PROBLEM_JSON = "application/problem+json"


@dataclass(frozen=True)
class Fault:
    """One refused field: where it stands (RFC 6901 pointer into the body or query) and what is wrong with it.

    ``code`` says the same for programs, that have words of their own; ``limit`` is the number that it is about.
    """

    pointer: str
    detail: str
    code: str = "refused"
    limit: float | None = None

    def document(self) -> dict[str, Any]:
        """As it stands in a problem's ``errors``."""
        said: dict[str, Any] = {"pointer": self.pointer, "detail": self.detail, "code": self.code}
        return said if self.limit is None else {**said, "limit": self.limit}


class Problem(Exception):
    """Something that the caller must be told. ``detail`` is for people; the class is the contract.

    ``params`` is what the detail names, for whoever has words of their own: who holds a show, how many are the most.
    """

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"

    def __init__(
        self,
        detail: str | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        faults: Sequence[Fault] = (),
        params: Mapping[str, str | int] | None = None,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.headers = dict(headers or {})
        self.faults = tuple(faults)
        self.params = dict(params or {})

    @classmethod
    def name(cls) -> str:
        """``NothingToPlay`` as ``nothing-to-play``: the last part of the problem's type."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def type_uri(cls) -> str:
        return f"/problems/{cls.name()}"


class Unauthenticated(Problem):
    status = 401
    title = "Nobody is signed in"

    def __init__(self, detail: str | None = None, **kwargs: Any) -> None:
        super().__init__(detail, **kwargs)
        self.headers.setdefault("WWW-Authenticate", "Bearer")


class Forbidden(Problem):
    status = 403
    title = "Not allowed"


class NotFound(Problem):
    status = 404
    title = "Not found"


class Conflict(Problem):
    status = 409
    title = "Not possible in the present state"


class PreconditionFailed(Problem):
    status = 412
    title = "Changed by somebody else meanwhile"


class TooLarge(Problem):
    status = 413
    title = "Too large"


class Invalid(Problem):
    status = 422
    title = "Not understood"


class Malformed(Problem):
    status = 400
    title = "Malformed request"


class TooManyRequests(Problem):
    status = 429
    title = "Too many requests"


class Unavailable(Problem):
    status = 503
    title = "Not available right now"

    def __init__(self, detail: str | None = None, **kwargs: Any) -> None:
        super().__init__(detail, **kwargs)
        self.headers.setdefault("Retry-After", "2")


KINDS = (
    Unauthenticated,
    Forbidden,
    NotFound,
    Conflict,
    PreconditionFailed,
    TooLarge,
    Invalid,
    Malformed,
    TooManyRequests,
    Unavailable,
)


def problem_document(problem: Problem, instance: str) -> dict[str, Any]:
    """The RFC 9457 body of ``problem``. Holds nothing that the caller sent."""
    document: dict[str, Any] = {
        "type": problem.type_uri(),
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": instance,
    }
    if problem.faults:
        document["errors"] = [fault.document() for fault in problem.faults]
    if problem.params:
        document["params"] = problem.params
    return document


def problem_response(problem: Problem, instance: str) -> JSONResponse:
    """``problem`` as an answer to the request for the path ``instance``."""
    return JSONResponse(
        problem_document(problem, instance),
        status_code=problem.status,
        headers={"Cache-Control": "no-store", **problem.headers},
        media_type=PROBLEM_JSON,
    )


PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "params": {
            "type": "object",
            "description": "What the detail names, by name.",
            "additionalProperties": {"type": ["string", "integer"]},
        },
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail", "code"],
                "properties": {
                    "pointer": {"type": "string"},
                    "detail": {"type": "string"},
                    "code": {"type": "string"},
                    "limit": {"type": "number"},
                },
            },
        },
    },
}


def problems(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """``responses=`` of an endpoint that may raise these, so that OpenAPI tells the truth about each status."""
    by_status: dict[int, list[type[Problem]]] = {}
    for kind in kinds:
        by_status.setdefault(kind.status, []).append(kind)
    return {
        status: {
            "description": "; ".join(kind.title for kind in named),
            "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, named in by_status.items()
    }
