"""The repository as the house rules see it: its source files and what stands in them."""

import ast
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PYTHON_FOLDERS = ("src", "tests", "bench")
GENERATED = {"web/src/api/schema.d.ts"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*folders: str) -> list[Path]:
    """Every Python file under ``folders``, all that people read where none is named: migrations are lists."""
    found = [path for folder in folders or PYTHON_FOLDERS for path in (REPOSITORY / folder).rglob("*.py")]
    assert found, "the house rules look in the wrong place"
    return sorted(found)


def web_files() -> list[Path]:
    """Every source file of the web clients that a person wrote."""
    files = [path for path in (REPOSITORY / "web" / "src").rglob("*") if path.suffix in {".ts", ".tsx"}]
    return sorted(path for path in files if shown(path) not in GENERATED)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions_of(tree: ast.Module) -> Iterator[Function]:
    """Each function and method, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def public_functions_of(tree: ast.Module) -> Iterator[Function]:
    """The functions and methods that other modules may call."""
    owners: list[ast.Module | ast.ClassDef] = [
        tree,
        *(node for node in tree.body if isinstance(node, ast.ClassDef)),
    ]
    for owner in owners:
        for node in owner.body:
            if isinstance(node, Function) and not node.name.startswith("_"):
                yield node


def body_lines(function: Function) -> int:
    """Lines from the first statement after the docstring to the last."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1 if body else 0


def shown(path: Path) -> str:
    """``path`` as a reader of the repository names it."""
    return path.relative_to(REPOSITORY).as_posix()
