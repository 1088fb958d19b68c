"""An nginx in front of the service, set up as deploy/nginx.conf says."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from house_rules.source_tree import REPOSITORY
from server_fixtures import Server, eventually, free_port, installed


@contextmanager
def nginx_before(servers: Sequence[Server], folder: Path) -> Iterator[str]:
    """The address where it listens for ``servers``, in turn; ``folder`` holds their data."""
    program = installed("nginx")
    port = free_port()
    upstream = " ".join(f"server {server.url.removeprefix('http://')};" for server in servers)
    site = (REPOSITORY / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    site = site.replace("server 127.0.0.1:8000;", upstream)
    site = site.replace("listen 80;", f"listen 127.0.0.1:{port};")
    site = site.replace("/data/media/", f"{folder}/data/media/")
    log = folder / "nginx.log"
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"user root;\ndaemon off;\npid {folder}/nginx.pid;\nerror_log {log};\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{site}}}\n",
        encoding="utf-8",
    )
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(log)]
    with subprocess.Popen(command) as nginx:
        url = f"http://127.0.0.1:{port}"
        eventually(lambda: _answers(f"{url}/health/live"), seconds=20, otherwise=log.read_text)
        yield url
        nginx.terminate()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code == 200
    except httpx.HTTPError:
        return False
