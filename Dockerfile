# syntax=docker/dockerfile:1
# One image for the API, the workers and every other command: `docker run IMAGE worker`, `docker run IMAGE doctor`.

FROM python:3.11-slim-bookworm AS build
# The constraints hold for what builds the package as well; older pips read the first of these names, newer the second.
ENV PIP_CONSTRAINT=/build/constraints.txt \
    PIP_BUILD_CONSTRAINT=/build/constraints.txt \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
WORKDIR /build
RUN python -m venv /opt/showsondemand

# Dependencies first: they change less often than the code, and so stay a layer of their own.
COPY pyproject.toml constraints.txt ./
RUN python -c 'import tomllib; p = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
print(*p["dependencies"], *p["optional-dependencies"]["traces"], sep="\n")' \
      > dependencies.txt \
    && /opt/showsondemand/bin/pip install --requirement dependencies.txt

# The build hook makes the web clients with a Node that comes as a wheel and stays behind in this stage.
COPY README.md LICENSE hatch_build.py ./
COPY web web
COPY migrations migrations
COPY src src
COPY deploy/inventory.py deploy/inventory.py
RUN /opt/showsondemand/bin/pip install --no-deps . \
    && /opt/showsondemand/bin/pip install packaging \
    && /opt/showsondemand/bin/python deploy/inventory.py sbom > /opt/showsondemand/sbom.json


FROM python:3.11-slim-bookworm
# tini hands signals on and collects the children that ffmpeg and the worker leave; bubblewrap keeps these apart where the
# container may make namespaces.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends bubblewrap tini \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 showsondemand \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin showsondemand \
    && install --directory --owner 10001 --group 10001 /data
COPY --from=build /opt/showsondemand /opt/showsondemand
ENV PATH=/opt/showsondemand/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/data \
    LOG_FORMAT=json

# Nothing outside of /data and /tmp is written: the root file system may be read-only.
WORKDIR /data
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# It asks under a name that the service answers for.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os; from urllib.request import Request, urlopen; \
host = os.environ.get('ALLOWED_HOSTS', '').split(',')[0].strip() or '127.0.0.1'; \
urlopen(Request('http://127.0.0.1:8000/health/ready', headers={'Host': host}), timeout=4)"]
ENTRYPOINT ["tini", "--", "showsondemand"]
CMD ["serve", "--host", "0.0.0.0"]
