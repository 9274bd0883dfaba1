"""The commands: `python -m assistant …`, also installed as `assistant`."""

import io
import json
import sys
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.audio import BadRecording
from assistant.call import Utterance, moment_of_call
from assistant.protocols import AssistantError, Clock
from assistant.shop import Shop

if TYPE_CHECKING:
    from assistant.call_log import SqliteCallLog
    from assistant.config import Loaded

commands = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="여보세요. Answers a small shop's phone: reservations, orders, questions, messages.",
)

Config = Annotated[Path, typer.Option("--config", help="The configuration.", metavar="FILE")]
Data = Annotated[Path | None, typer.Option("--data", help="The folder of the shops' files.", metavar="DIR")]
ShopId = Annotated[str, typer.Argument(metavar="SHOP", help="The shop's id in the configuration.")]
CONFIG = Path("config.yaml")


@commands.command()
def call(
    shop: ShopId,
    config: Config = CONFIG,
    data: Data = None,
    caller: Annotated[str, typer.Option("--from", help="The caller's number.")] = "01000001234",
    at: Annotated[str | None, typer.Option(help="The call's clock, such as 2026-11-25T18:30.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")] = False,
) -> None:
    """Take a call typed in the terminal."""
    from assistant.app import desk_of
    from assistant.summary import summary
    from assistant.telephony.typed import json_call, typed_call

    number, clocks = _caller(caller), _clocks(at)
    desk = desk_of(_configured(config, shop), data, clocks)
    owner = desk.shop(shop)
    receptionist = desk.receptionist(shop)
    assert receptionist
    lines = sys.stdin if as_json or not sys.stdin.isatty() else _prompted()
    made = typed_call(receptionist, _new_call("typed"), number, lines, _show, as_json=as_json)
    _show(json_call(made, summary(owner, made)) if as_json else f"— {summary(owner, made)}")


@commands.command()
def demo(
    scenario: Annotated[str, typer.Option(help="Which call to make; `--scenario list` names them.")] = "booking",
    config: Config = CONFIG,
    data: Data = None,
    port: Annotated[int, typer.Option(help="Where the owner's page is served.")] = 8080,
    leave: Annotated[bool, typer.Option("--exit", help="End after the call, for scripts.")] = False,
) -> None:
    """Show the whole product on this machine: no account, no key, no download."""
    from assistant.demo import run_demo, scenarios

    known = scenarios()
    listed = "\n".join(f"{each.name:14}{each.title}" for each in known.values())
    if scenario == "list":
        _show(listed)
        return
    if scenario not in known:
        raise AssistantError(f"there is no scenario {scenario!r}; choose one of these:\n{listed}")
    _configured(config, known[scenario].shop)
    run_demo(config, data, known[scenario], port, stay=not leave)


@commands.command()
def serve(config: Config = CONFIG, data: Data = None) -> None:
    """Answer the phone: Twilio's webhooks, the media socket, the owner's pages."""
    from assistant.server import serve_forever

    serve_forever(config, data)


@commands.command()
def play(
    shop: ShopId,
    recordings: Annotated[list[Path], typer.Argument(metavar="WAV...", help="What the caller says, in order.")],
    config: Config = CONFIG,
    data: Data = None,
    caller: Annotated[str, typer.Option("--from", help="The caller's number.")] = "01000001234",
    at: Annotated[str | None, typer.Option(help="The call's clock, such as 2026-11-25T18:30.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")] = False,
) -> None:
    """Take a call from recorded sound."""
    from assistant.app import desk_of, live_parts
    from assistant.audio import for_the_line, read_wav
    from assistant.summary import summary
    from assistant.telephony.recording import RecordingLine, play_recordings
    from assistant.telephony.typed import json_call, json_turn, spoken_turn

    # What is quickly found wrong comes before the models, which take their time.
    number, clocks = _caller(caller), _clocks(at)
    loaded, sounds = _configured(config, shop), [for_the_line(read_wav(file)) for file in recordings]
    desk = desk_of(loaded, data, clocks)
    owner, receptionist = desk.shop(shop), desk.receptionist(shop)
    assert receptionist
    parts = live_parts(loaded.settings.hearing, loaded.settings.speaking)
    line = RecordingLine(_new_call("played"), number, sounds)
    play_recordings(line, receptionist, parts)
    receptionist.hang_up(line.call_id)
    made = receptionist.call(line.call_id)
    for turn in made.turns:
        if not as_json and isinstance(turn.heard, Utterance):
            _show(f"  {turn.heard.text}")
        _show(json_turn(turn) if as_json else spoken_turn(turn))
    _show(json_call(made, summary(owner, made)) if as_json else f"— {summary(owner, made)}")


@commands.command()
def understand(config: Config = CONFIG, data: Data = None) -> None:
    """Read JSON lines from standard input, write what was understood: for measuring."""
    from assistant.app import desk_of
    from assistant.understanding import understand_lines

    desk = desk_of(_configured(config), data)
    for line in understand_lines(sys.stdin, desk.understander, desk.shops):
        _show(line)


@commands.command()
def check(
    config: Config = CONFIG,
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Find every mistake in the configuration, and what is missing on this machine."""
    from assistant.check import run_check

    raise typer.Exit(run_check(config, data, as_json=as_json))


@commands.command()
def calls(
    shop: ShopId,
    config: Config = CONFIG,
    data: Data = None,
    limit: Annotated[int, typer.Option(help="How many, the latest first.", min=1)] = 20,
    search: Annotated[str, typer.Option(help="Only calls in which these words were said.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show the latest calls of a shop."""
    from assistant.call_log import CallLine

    log = _log(config, data, shop)
    found = tuple(dict.fromkeys(hit.call for hit in log.search(search, limit))) if search else log.calls(limit)

    def told(line: CallLine) -> str:
        if as_json:
            return json.dumps(asdict(line), ensure_ascii=False, default=lambda moment: moment.isoformat())
        return f"{line.began:%m-%d %H:%M}  {line.caller or '-':<12}  {line.outcome or '…':<18}  {line.summary}"

    for line in found:
        _show(told(line))
    if not found and not as_json:
        what = f"no call with {search!r}" if search else "no call yet"
        sys.stderr.write(f"{what} in {log.file.path}\n")


@commands.command()
def replay(
    shop: ShopId,
    config: Config = CONFIG,
    data: Data = None,
    only: Annotated[str | None, typer.Option("--call", help="This call alone, by its id.", metavar="ID")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines: each change, then the count.")] = False,
) -> None:
    """Take logged calls again with today's rules; exit code 3 when a reply would be another one."""
    from assistant.app import desk_of
    from assistant.replay import count_in_words, retaken

    loaded = _configured(config, shop)
    desk = desk_of(loaded, data)
    desk.shop(shop)
    receptionist = desk.receptionist(shop)
    assert receptionist
    language = loaded.settings.language
    calls, turns, changed = set(), 0, 0
    for turn in retaken(receptionist, desk.log(shop), only):
        calls.add(turn.call)
        turns += 1
        if turn.has_changed:
            changed += 1
            _show(json.dumps(turn.as_json(), ensure_ascii=False) if as_json else turn.in_words(language))
    counted = {"calls": len(calls), "turns": turns, "changed": changed}
    _show(json.dumps(counted) if as_json else count_in_words(**counted, language=language))
    raise typer.Exit(3 if changed else 0)


@commands.command(name="export")
def export_data(shop: ShopId, config: Config = CONFIG, data: Data = None) -> None:
    """Write everything the shop has: bookings, orders, messages, calls; one JSON object."""
    from assistant.call_log.portable import export_shop

    _show(json.dumps(export_shop(_log(config, data, shop)), ensure_ascii=False, indent=2))


@commands.command(name="import")
def import_data(
    shop: ShopId,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="As written by export; - for standard input.")],
    config: Config = CONFIG,
    data: Data = None,
) -> None:
    """Bring in bookings, orders and messages from elsewhere: all of the file or nothing."""
    from assistant.call_log.portable import import_shop, read_json

    content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    _show(str(import_shop(_log(config, data, shop), read_json(content), shop=shop)))


@commands.command()
def forget(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The caller's number, such as 010-0000-1234.")],
    config: Config = CONFIG,
    data: Data = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether it is meant.")] = False,
) -> None:
    """Erase a caller from every shop: calls, recordings, bookings, orders, messages. It cannot be undone."""
    from assistant.call_log.erasure import forget_caller
    from assistant.front_desk import Books, clock_of

    known = _caller(number, "NUMBER")
    loaded = _configured(config)
    if not yes:
        typer.confirm(f"Erase everything about {number}, bookings that still stand included?", abort=True)
    books = Books(data or loaded.settings.data, clock_of)
    for shop_id in loaded.shops:
        gone = forget_caller(books.of(loaded.shops, shop_id), books.recordings(shop_id), known)
        _show(f"{shop_id}: " + (", ".join(f"{count} {table}" for table, count in gone.items()) or "nothing was kept"))


@commands.command()
def train() -> None:
    """Train the classifier again from the sentences in this repository."""
    from assistant.training.understanding import main as train_classifier

    train_classifier()


@commands.command()
def bench(
    config: Config = CONFIG,
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Measure this machine: which Whisper size it bears, and how many calls at once."""
    import os

    from assistant.bench import WORDS, advice, measure, told

    settings = _configured(config).settings
    cores = max(1, (os.cpu_count() or 1) // settings.hearing.workers)

    def report(size: str, took_ms: float) -> None:
        if not as_json:
            _show(WORDS[settings.language]["size"].format(size=size, took=took_ms))

    figures = measure(cores, report)
    found = advice(figures)
    if as_json:
        _show(json.dumps({"figures": asdict(figures), "advice": asdict(found)}))
        return
    for line in told(figures, found, settings.language):
        _show(line)


def _log(config: Path, data: Path | None, shop_id: str) -> "SqliteCallLog":
    from assistant.front_desk import Books, clock_of

    loaded = _configured(config, shop_id)
    return Books(data or loaded.settings.data, clock_of).of(loaded.shops, shop_id)


def _configured(config: Path, shop_id: str = "") -> "Loaded":
    """The configuration, in which the shop, if one is named, may be the one whose file is wrong."""
    from assistant.app import WrongConfiguration, configuration

    loaded = configuration(config)
    if shop_id and shop_id not in loaded.shops and None in loaded.shop_files.values():
        raise WrongConfiguration(loaded, f"no shop {shop_id!r} can be read; these mistakes may be why")
    return loaded


def _caller(number: str, option: str = "--from") -> str:
    """The caller's number as calls keep it; "" stands for a number that is withheld, in --from alone."""
    from assistant.telephony._text import caller_number

    known = caller_number(number.replace("-", "").replace(" ", ""))
    if not known and (number or option != "--from"):
        said = f"{number!r} is no phone number; write it like 010-0000-1234, or +12025550123 for a foreign one"
        raise typer.BadParameter(said, param_hint=option)
    return known


def _clocks(at: str | None) -> Callable[[Shop], Clock]:
    """A clock for each shop: its own, or one that stands still at a given moment."""
    from assistant.front_desk import clock_of

    if at is None:
        return clock_of
    try:
        moment = moment_of_call(at)
    except ValueError:
        raise typer.BadParameter(f"{at!r} is no moment; write it like 2026-11-25T18:30", param_hint="--at") from None

    def standing(shop: Shop) -> Clock:
        stands = moment.astimezone(shop.zone) if moment.tzinfo else moment.replace(tzinfo=shop.zone)
        return lambda: stands

    return standing


def _new_call(line: str) -> str:
    return f"{line}-{uuid.uuid4().hex[:12]}"


def _prompted() -> Iterable[str]:
    while True:
        try:
            yield input("> ")
        except (EOFError, KeyboardInterrupt):
            return


def _show(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command, the process's own unless given; what went wrong is said in a line, without a traceback."""
    _speak_utf8()
    try:
        commands(arguments)
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except (AssistantError, BadRecording) as error:
        _fail(str(error))


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the terminal's locale says: `LC_ALL=C` knows no Korean."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace" if stream is sys.stdin else "backslashreplace")


def _fail(message: str) -> None:
    sys.stderr.write(f"assistant: {message}\n")
    sys.exit(1)


if __name__ == "__main__":
    main()
