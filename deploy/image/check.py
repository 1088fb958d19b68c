"""Proves the image where no container engine runs: ``make image-check`` (root, debootstrap, bubblewrap, some minutes).

The Dockerfile's own steps on a minimal Debian 12 with its Python 3.11, which stands for ``python:3.11-slim-bookworm``;
then the image's own command as its own user, with a read-only root, no capabilities and /data and /tmp to write to:
a film goes in and plays, SIGTERM ends it with 0. Once with user namespaces, once without, as Docker's profile has it.
"""

import ctypes
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
from dockerfile import Image, build

REPOSITORY = Path(__file__).resolve().parents[2]
FILM = REPOSITORY / "tests" / "media" / "bunny_5s.mp4"
MEGABYTE = 1_000_000
ACCOUNT = {"email": "admin@example.org", "password": "correct horse battery staple"}
URL = "http://127.0.0.1:8000"  # in a network of its own
_NEW_NETWORK = 0x40000000
READY_SECONDS, FILM_SECONDS, STOP_SECONDS = 120, 300, 10
_PACKAGES = "ca-certificates,python3,python3-venv,python-is-python3"
# What this machine needs to reach its package registries.
_PASSED_ON = ("PIP_", "SSL_CERT", "NODE_EXTRA_CA_CERTS")


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    if REPOSITORY in folder.parents:
        sys.exit("The image is built outside of the repository: name another folder.")
    base = folder / "base"
    if not (base / "built").exists():
        shutil.rmtree(base, ignore_errors=True)
        subprocess.run(
            ["debootstrap", "--variant=minbase", f"--include={_PACKAGES}", "bookworm", base], check=True
        )
        (base / "built").touch()
    for file in ("etc/resolv.conf", "etc/ssl/certs/ca-certificates.crt"):
        shutil.copy(Path("/", file), base / file)
    passed = {name: value for name, value in os.environ.items() if name.startswith(_PASSED_ON)}
    passed.pop("PIP_FIND_LINKS", None)
    image = build(REPOSITORY / "Dockerfile", base, folder, given=passed)
    _weigh(image, base)
    # A network of our own: port 8000 may be somebody's, and the service listens on every address, as it would there.
    ctypes.CDLL(None).unshare(_NEW_NETWORK)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for namespaces in ("yes", "no"):
        print(f"\nuser namespaces: {namespaces}", flush=True)
        _try(image, folder, namespaces)


def _weigh(image: Image, base: Path) -> None:
    print(f"\n{_megabytes(image.root) - _megabytes(base)} MB above the base, of which:")
    for part in ("opt/showsondemand", "usr"):
        print(f"  {_megabytes(image.root / part) - _megabytes(base / part)} MB /{part}")
    for part in sorted(
        (image.root / "opt/showsondemand/lib/python3.11/site-packages").iterdir(), key=_megabytes
    )[:-9:-1]:
        print(f"    {_megabytes(part)} MB {part.name}")


def _try(image: Image, folder: Path, namespaces: str) -> None:
    shutil.copy(Path(__file__).with_name("confine.py"), image.root / "confine.py")
    volume = folder / "volume"
    shutil.rmtree(volume, ignore_errors=True)
    volume.mkdir()
    os.chown(volume, *map(int, image.user.split(":")))

    def inside(command: list[str]) -> list[str]:
        return image.within(["python3", "/confine.py", image.user, namespaces, *command], volume=volume)

    settings = {"ADMIN_EMAIL": ACCOUNT["email"], "ADMIN_PASSWORD": ACCOUNT["password"]}
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            inside([*image.entrypoint, *image.command]),
            stderr=log,
            stdout=log,
            env={**os.environ, **settings},
        ) as process,
    ):
        try:
            began = time.monotonic()
            with httpx.Client(base_url=URL, timeout=60) as client:
                _wait_until_ready(client, process)
                print(f"ready in {time.monotonic() - began:.1f} s")
                subprocess.run(inside(image.healthcheck), check=True)
                print("the health check passes; a film plays:", _film_plays(client))
            said = subprocess.run(
                inside(["showsondemand", "doctor"]), check=False, capture_output=True, text=True
            )
            print(
                *(line for line in said.stdout.splitlines() if re.search("sandbox|storage|FAULT", line)),
                sep="\n",
            )
            [first] = psutil.Process(process.pid).children()
            below = first.children(recursive=True)
            first.terminate()
            asked = time.monotonic()
            ended = process.wait(STOP_SECONDS)
            print(f"SIGTERM: exit {ended} after {time.monotonic() - asked:.1f} s")
            left = [each for each in below if each.is_running()]
            if ended or left:
                raise SystemExit(f"ended with {ended}, left {left}")
        finally:
            process.kill()


def _wait_until_ready(client: httpx.Client, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + READY_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with suppress(httpx.TransportError):
            if client.get("/health/ready").is_success:
                return
        time.sleep(0.1)
    raise SystemExit("it did not become ready: see the log")


def _film_plays(client: httpx.Client) -> str:
    """Sends a film, approves it, and follows its playlist to a segment."""
    token = client.post("/auth/login", json=ACCOUNT).raise_for_status().json()["accessToken"]
    client.headers["Authorization"] = f"Bearer {token}"
    with FILM.open("rb") as film:
        sent = client.post(
            "/ingest/videos", data={"title": "A film"}, files={"file": film}
        ).raise_for_status()
    until = time.monotonic() + FILM_SECONDS
    while True:
        job = client.get(f"/ingest/jobs/{sent.json()['id']}").raise_for_status().json()
        if job["state"] not in ("queued", "running"):
            break
        if time.monotonic() > until:
            raise SystemExit(f"the film is not done: {job}")
        time.sleep(0.5)
    client.post(f"/shows/{job['showId']}/reviews", json={"verdict": "approve"}).raise_for_status()
    address = httpx.URL(client.post(f"/shows/{job['showId']}/playback").raise_for_status().json()["hlsURL"])
    followed = []
    while not followed or followed[-1].endswith(".m3u8"):
        answer = client.get(address).raise_for_status()
        followed.append(address.path)
        if address.path.endswith(".m3u8"):
            uris = [line for line in answer.text.splitlines() if line and not line.startswith("#")]
            address = address.join(uris[0])
    return f"{len(answer.content):,} bytes of {followed[-1].rpartition('/')[2]}"


def _megabytes(path: Path) -> int:
    """What a layer of these files would hold before it is packed."""
    if not path.exists():
        return 0
    said = subprocess.run(["du", "-sb", path], check=True, capture_output=True, text=True).stdout
    return round(int(said.split()[0]) / MEGABYTE)


if __name__ == "__main__":
    main()
