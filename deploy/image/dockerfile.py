"""Carries out a Dockerfile without a container engine: its steps, in folders, by chroot (as root)."""

import json
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# A private view of the file system with the stage as its root, as an engine makes it. What is mounted ends with it.
_ENTER = """
mount --make-rprivate /
mount --bind "$ROOT" "$ROOT"
mount --rbind /dev "$ROOT/dev"
mount -t proc proc "$ROOT/proc"
mount -t tmpfs tmpfs "$ROOT/tmp"
if [ -n "$VOLUME" ]; then mount --bind "$VOLUME" "$ROOT/data"; mount -o remount,bind,ro "$ROOT"; fi
cd "$ROOT"
pivot_root . .
umount -l .
cd "$FOLDER"
exec "$@"
"""


@dataclass
class Image:
    """A stage: its files, and what is said about starting it."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    folder: str = "/"
    user: str = "0:0"
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    healthcheck: list[str] = field(default_factory=list)

    def within(self, command: list[str], *, volume: Path | None = None) -> list[str]:
        """The command line that runs ``command`` in here; with a ``volume`` on /data all else is read-only."""
        enter = [
            f"ROOT={self.root}",
            f"VOLUME={volume or ''}",
            f"FOLDER={self.folder}",
            "PATH=/usr/sbin:/usr/bin",
        ]
        said = [f"{name}={value}" for name, value in self.environment.items()]
        unshared = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-ec", _ENTER, "enter"]
        return [
            "env",
            *enter,
            *unshared,
            "env",
            "-u",
            "ROOT",
            "-u",
            "VOLUME",
            "-u",
            "FOLDER",
            *said,
            *command,
        ]


def build(dockerfile: Path, base: Path, folder: Path, *, given: dict[str, str]) -> Image:
    """The last stage of ``dockerfile``, built in ``folder``; ``base`` stands for every image that it starts from.

    ``given`` is said to each RUN beside the ENV of its stage, as build arguments are.
    """
    stages: dict[str, Image] = {}
    image = Image(folder)
    for word, rest in _steps(dockerfile.read_text(encoding="utf-8")):
        print(f"{word} {' '.join(rest.split())[:100]}", flush=True)
        if word == "FROM":
            name = rest.partition(" AS ")[2] or str(len(stages))
            image = stages[name] = Image(
                folder / f"stage-{name}", {"PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
            )
            shutil.rmtree(image.root, ignore_errors=True)
            subprocess.run(["cp", "-a", base, image.root], check=True)
        elif word == "RUN":
            subprocess.run(image.within(["env", *_words(given), "/bin/sh", "-c", rest]), check=True)
        elif word == "COPY":
            _copy(image, stages, dockerfile.parent, rest.split())
        else:
            _note(image, word, rest)
    return image


def _steps(text: str) -> Iterator[tuple[str, str]]:
    """Each instruction and what follows it, lines that go on joined."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    for step in "\n".join(lines).replace("\\\n", "").splitlines():
        word, _, rest = step.partition(" ")
        yield word, rest.strip()


def _copy(image: Image, stages: dict[str, Image], context: Path, words: list[str]) -> None:
    source = context
    if words[0].startswith("--from="):
        source = stages[words.pop(0).removeprefix("--from=")].root
    *names, target = words
    place = image.root / Path(image.folder, target).relative_to("/")
    for name in names:
        file = source / name.lstrip("/")
        whole = place / file.name if target.endswith("/") else place
        whole.parent.mkdir(parents=True, exist_ok=True)
        left_out = ["--exclude=node_modules", "--exclude=dist", "--exclude=__pycache__"]  # .dockerignore
        if file.is_dir() and source == context:
            whole.mkdir(exist_ok=True)
            packed = subprocess.run(
                ["tar", "-c", *left_out, "-C", file, "."], check=True, capture_output=True
            )
            subprocess.run(["tar", "-x", "--no-same-owner", "-C", whole], check=True, input=packed.stdout)
        else:
            subprocess.run(["cp", "-a", "--no-target-directory", file, whole], check=True)


def _note(image: Image, word: str, rest: str) -> None:
    if word == "ENV":
        for name, _, value in (each.partition("=") for each in shlex.split(rest)):
            image.environment[name] = value.replace("$PATH", image.environment["PATH"])
    elif word == "WORKDIR":
        image.folder = rest
        (image.root / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
    elif word == "USER":
        image.user = rest
    elif word == "ENTRYPOINT":
        image.entrypoint = json.loads(rest)
    elif word == "CMD":
        image.command = json.loads(rest)
    elif word == "HEALTHCHECK":
        image.healthcheck = json.loads(rest[rest.index("CMD ") + 4 :])
    elif word not in ("VOLUME", "EXPOSE", "STOPSIGNAL"):
        raise ValueError(f"{word} is not known here")


def _words(environment: dict[str, str]) -> list[str]:
    return [f"{name}={value}" for name, value in environment.items()]
