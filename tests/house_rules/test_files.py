"""Files stay small, say what they hold, and are named after it."""

import ast
import re

from house_rules.source_tree import (
    body_lines,
    functions_of,
    public_functions_of,
    python_files,
    shown,
    tree_of,
    web_files,
)

MOST_LINES = 300
MOST_COMPONENT_LINES = 200
MOST_BODY_LINES = 40
# Names under which anything fits, and so everything ends up.
DRAWERS = {
    "utils",
    "util",
    "common",
    "helpers",
    "helper",
    "core",
    "base",
    "manager",
    "managers",
    "misc",
    "shared",
}


def test_a_file_is_short_enough_to_read_in_one_sitting() -> None:
    files = [*python_files(), *web_files()]
    lines = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}

    too_long = {
        name: count
        for name, count in lines.items()
        if count > (MOST_COMPONENT_LINES if name.endswith(".tsx") else MOST_LINES)
    }

    assert too_long == {}


def test_a_function_is_short_enough_to_hold_in_mind() -> None:
    sizes = {
        f"{shown(path)}:{function.lineno} {function.name}": body_lines(function)
        for path in python_files()
        for function in functions_of(tree_of(path))
    }

    too_long = {name: lines for name, lines in sizes.items() if lines > MOST_BODY_LINES}

    assert too_long == {}


def test_no_file_or_folder_is_a_drawer() -> None:
    names = [shown(path) for path in [*python_files(), *web_files()]]

    drawers = [name for name in names if set(re.split(r"[/.]", name)) & DRAWERS]

    assert drawers == []


def test_a_module_opens_with_a_sentence_that_says_what_is_here() -> None:
    # A file of tests says it by its name and theirs.
    modules = [path for path in python_files() if not path.name.startswith("test_")]
    docstrings = {shown(path): ast.get_docstring(tree_of(path)) or "" for path in modules}

    silent = [
        name
        for name, docstring in docstrings.items()
        if not re.search(r"\w{2,}.*[.?!]$", docstring.split("\n\n")[0], re.DOTALL)
    ]

    assert silent == []


def test_a_package_holds_nothing_but_its_sentence() -> None:
    packages = [path for path in python_files() if path.name == "__init__.py"]

    with_code = [
        shown(path) for path in packages if [type(node) for node in tree_of(path).body] != [ast.Expr]
    ]

    assert with_code == []


def test_ports_and_services_say_what_a_caller_may_rely_on() -> None:
    promises = [path for path in python_files("src") if path.name in {"port.py", "service.py"}]

    silent = [
        f"{shown(path)}:{function.lineno} {function.name}"
        for path in promises
        for function in public_functions_of(tree_of(path))
        if ast.get_docstring(function) is None
    ]

    assert silent == []
