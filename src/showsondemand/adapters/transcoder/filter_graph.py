"""The filter graph of one pass: the film is decoded once, made fit for screens, and each rung cut from it.

Each rung is scaled from the one above, which costs less than half of scaling each from the top. Pixels are
made square before the cascade; colours come out as BT.709 in studio range, 8 bits, 4:2:0. The pictures' outputs are
given a first frame at once: until each of its outputs has begun, ffmpeg says nothing of its progress.
"""

from fractions import Fraction

from showsondemand.adapters.transcoder.plan import Plan, PlannedAudio
from showsondemand.adapters.transcoder.port import Transfer

SPRITES, POSTER = "[sprites]", "[poster]"
_CHANNEL_LAYOUTS = {2: "stereo", 6: "5.1"}

# ITU-R BT.2408: the white of a page in high dynamic range is 203 candela a square metre.
_REFERENCE_WHITE = 203
# Above this height an untagged film is taken for BT.709, as players do; below for BT.601.
_HIGH_DEFINITION_HEIGHT = 720

# A file's headers round, and its last frame's length is often a guess; more than this is missing film.
_TOLERATED_SECONDS = 0.5

# Pictures follow one another second by second: the encoder wants times that grow, and nobody reads them.
_NUMBERED = "settb=1,setpts=N"

_POSTER_AFTER_SHARE = Fraction(1, 5)
_POSTER_SHARE = Fraction(3, 5)
_POSTER_CANDIDATES = 12


def rung_label(position: int) -> str:
    """The graph's output for the rung at this position of the plan."""
    return f"[v{position}]"


def audio_label(position: int) -> str:
    """The graph's output for the sound track at this position of the plan."""
    return f"[a{position}]"


def filter_graph(plan: Plan) -> str:
    """The graph for ``-filter_complex``: an output for each rung, sound track, the sprites and the poster."""
    chains = [_picture_chain(plan), *_rung_chains(plan), *_sprite_chains(plan), *_poster_chains(plan)]
    chains += [_sound_chain(plan, track, position) for position, track in enumerate(plan.audio)]
    return ";".join(chains)


def _picture_chain(plan: Plan) -> str:
    """From the decoded film to the top rung's frames: even in time, square in shape, plain in colour."""
    steps = []
    if plan.video.interlaced and plan.may_change:  # two fields are put together only where they are alike
        steps.append(f"scale={plan.video.width}:{plan.video.height}:interl=-1")
    if plan.video.interlaced:
        steps.append("bwdif=mode=send_frame:deint=interlaced")
    steps.append(f"fps={plan.frame_rate}:start_time=0")
    steps += [*_length_steps(plan), *_colour_steps(plan), "setsar=1"]
    return f"[0:{plan.video.index}]{','.join(steps)}[top]"


def _length_steps(plan: Plan) -> list[str]:
    """Exactly the planned frames: the last one stays for what is missing."""
    missing = max(0.0, plan.duration_seconds - plan.video.end_seconds)
    padding = f"tpad=stop_mode=clone:stop_duration={missing + _TOLERATED_SECONDS:.3f}"
    return [padding, f"trim=end_frame={plan.frames}"]


def _colour_steps(plan: Plan) -> list[str]:
    """The scaling to the top rung's size and the way to BT.709; light is mapped once, for all rungs."""
    top, video = plan.rungs[0], plan.video
    size = f"{top.width}:{top.height}:flags=bicubic"
    tags = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
    if video.transfer is not Transfer.SDR:
        transfer = {Transfer.PQ: "smpte2084", Transfer.HLG: "arib-std-b67"}[video.transfer]
        return [
            f"scale={size}",
            f"setparams=color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc",
            f"zscale=t=linear:npl={_REFERENCE_WHITE}",
            "format=gbrpf32le",
            "zscale=p=bt709",
            "tonemap=tonemap=hable:desat=0",
            "zscale=t=bt709:m=bt709:r=tv",
            "format=yuv420p",
            tags,
        ]
    if video.wide_gamut:
        return [
            f"scale={size}",
            "setparams=color_primaries=bt2020:color_trc=bt2020-10:colorspace=bt2020nc",
            "zscale=p=bt709:t=bt709:m=bt709:r=tv",
            "format=yuv420p",
            tags,
        ]
    matrix = "auto"
    if not video.tagged_matrix:
        matrix = "bt709" if min(video.width, video.height) >= _HIGH_DEFINITION_HEIGHT else "smpte170m"
    return [
        f"scale={size}:in_color_matrix={matrix}:out_color_matrix=bt709:out_range=tv",
        "format=yuv420p",
        tags,
    ]


def _rung_chains(plan: Plan) -> list[str]:
    """Each rung out of the one above; the poster leaves at its size, the sprites at the lowest."""
    chains = []
    poster_at = _poster_position(plan)
    for position, rung in enumerate(plan.rungs):
        last = position == len(plan.rungs) - 1
        outputs = [rung_label(position), "[forsprites]" if last else f"[from{position}]"]
        if position == poster_at:
            outputs.append("[forposter]")
        scaling = f"[from{position - 1}]scale={rung.width}:{rung.height}:flags=bicubic,setsar=1,"
        start = "[top]" if position == 0 else scaling
        chains.append(f"{start}split={len(outputs)}{''.join(outputs)}")
    return chains


def _poster_position(plan: Plan) -> int:
    sizes = [(rung.width, rung.height) for rung in plan.rungs]
    return sizes.index((plan.poster_width, plan.poster_height))


def _sprite_chains(plan: Plan) -> list[str]:
    """Sheets of small pictures, behind an opening sheet that holds only the first of them."""
    board = plan.storyboard
    tile = f"scale={board.tile_width}:{board.tile_height}:out_range=full,format=yuv420p"
    sheet = f"{board.tile_width * board.columns}:{board.tile_height * board.rows}"
    return [
        f"[forsprites]fps=1/{board.interval_seconds}:start_time=0:round=up,{tile},split[tiles][firsttile]",
        f"[firsttile]trim=end_frame=1,pad={sheet}[openingsheet]",
        f"[tiles]tile={board.columns}x{board.rows}[sheets]",
        f"[openingsheet][sheets]concat,{_NUMBERED}{SPRITES}",
    ]


def _poster_chains(plan: Plan) -> list[str]:
    """The most telling of a dozen frames from behind the titles, behind the film's first frame.

    Few are held, for they are large.
    """
    after = float(plan.duration_seconds * _POSTER_AFTER_SHARE)
    every = max(1, int(plan.frames * _POSTER_SHARE / _POSTER_CANDIDATES))
    return [
        "[forposter]split[candidates][opening]",
        "[opening]trim=end_frame=1[openingpicture]",
        f"[candidates]select='gte(t,{after:.3f})*not(mod(n,{every}))',thumbnail={_POSTER_CANDIDATES}[telling]",
        f"[openingpicture][telling]concat,{_NUMBERED},scale=out_range=full,format=yuv420p{POSTER}",
    ]


def _sound_chain(plan: Plan, track: PlannedAudio, position: int) -> str:
    """One sound track, silent where the film has none, exactly as long as the film."""
    length = f"{plan.duration_seconds:.6f}"
    changing = list(plan.changing_sound)
    source = f"[dec:{changing.index(track.index)}]" if track.may_change else f"[0:{track.index}]"
    return (
        f"{source}aresample=48000:async=1000:first_pts=0,"
        f"aformat=sample_fmts=fltp:channel_layouts={_CHANNEL_LAYOUTS[track.channels]},"
        f"apad=whole_dur={length},atrim=end={length}{audio_label(position)}"
    )
