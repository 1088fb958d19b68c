"""Whoever follows a problem's type finds it in docs/problems.md, with its status and title."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import showsondemand
from house_rules.source_tree import REPOSITORY
from showsondemand.errors import Problem

PAGE = REPOSITORY / "docs" / "problems.md"


def import_every_module() -> None:
    for module in pkgutil.walk_packages(showsondemand.__path__, "showsondemand."):
        importlib.import_module(module.name)


def every_problem(kind: type[Problem] = Problem) -> Iterator[type[Problem]]:
    for problem in kind.__subclasses__():
        yield problem
        yield from every_problem(problem)


def test_every_problem_has_its_heading_with_its_status_and_title() -> None:
    import_every_module()
    told = set(
        re.findall(
            r"^## (\S+)\n\n\*\*(\d+) · (.+)\*\*\n\n[\w`]", PAGE.read_text(encoding="utf-8"), re.MULTILINE
        )
    )

    sent = {(problem.name(), str(problem.status), problem.title) for problem in every_problem()}

    assert (sorted(sent - told), sorted(told - sent)) == ([], [])


def test_no_two_problems_share_a_name() -> None:
    import_every_module()

    names = [problem.name() for problem in every_problem()]

    assert sorted(names) == sorted(set(names))


def test_headings_are_in_order() -> None:
    headings = re.findall(r"^## (\S+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert headings == sorted(headings)
