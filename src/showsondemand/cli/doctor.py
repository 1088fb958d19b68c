"""``doctor``: looks at every part as the service would use it, and says what to do about each fault."""

import asyncio

import typer

from showsondemand.assembly import build_wiring
from showsondemand.cli import ffmpeg_examination, sandbox_examination
from showsondemand.cli.examinations import (
    Finding,
    Standing,
    examine_analyser,
    examine_cache,
    examine_database,
    examine_delivery,
    examine_encoder,
    examine_media_hosts,
    examine_settings,
    examine_space,
    examine_storage,
    examine_uploads,
    examine_worker,
)
from showsondemand.cli.process import CommandFailed, OpenDatabase, reached_database
from showsondemand.config import Settings

_MARKS = {Standing.GOOD: "ok", Standing.REMARKABLE: "note", Standing.FAULTY: "FAULT"}


def examine(settings: Settings) -> None:
    """Prints a line for each part. Raises ``CommandFailed`` when any of them is faulty."""
    findings = [examine_settings(settings), *_examine_ffmpeg(settings)]
    try:
        with reached_database(settings) as database:
            findings += asyncio.run(_examine_parts(settings, database))
    except CommandFailed as failure:
        findings.append(Finding("database", Standing.FAULTY, str(failure)))
    for finding in findings:
        _print(finding)
    faults = [finding.part for finding in findings if finding.standing is Standing.FAULTY]
    if faults:
        raise CommandFailed(f"Faulty: {', '.join(dict.fromkeys(faults))}.")


def _examine_ffmpeg(settings: Settings) -> list[Finding]:
    """Itself, and where it runs at all, what it can reach."""
    findings = ffmpeg_examination.examine_ffmpeg(settings)
    if any(finding.standing is Standing.FAULTY for finding in findings):
        return findings
    return findings + sandbox_examination.examine_sandbox(settings)


async def _examine_parts(settings: Settings, database: OpenDatabase) -> list[Finding]:
    wiring = build_wiring(settings, database.url)
    try:
        findings = [await examine_database(wiring, embedded=settings.database.url is None)]
        if findings[0].standing is not Standing.FAULTY:
            findings.append(await examine_worker(wiring, is_served=not database.is_ours))
        findings += [await examine_cache(wiring), await examine_storage(wiring)]
        findings += [await examine_uploads(wiring), examine_delivery(settings)]
        findings += [await examine_analyser(wiring), examine_space(settings)]
        encoder = await examine_encoder(wiring)
        hosts = await examine_media_hosts(settings)
        findings += [finding for finding in (encoder, hosts) if finding is not None]
        return findings
    finally:
        await wiring.close()


def _print(finding: Finding) -> None:
    typer.echo(f"{_MARKS[finding.standing]:<6}{finding.part:<10}{finding.said}")
    if finding.advice:
        typer.echo(f"{'':<16}{finding.advice}")
