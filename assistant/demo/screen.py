"""The call in the terminal, both sides, while it goes on."""

from threading import Lock

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.audio import FRAME_MS
from assistant.call import Heard, Keypress, Silence, Utterance
from assistant.call_log import SqliteCallLog
from assistant.carrier import CallRecord, Event, Say, turn_timings
from assistant.carrier.measure import voiced_span_ms
from assistant.demo.scenario import Scenario
from assistant.telephony.live_events import AssistantSpeaks, CallerHeard, Interrupted, LiveEvent


class Screen:
    """Prints what both ends of the wire report; told from two threads."""

    def __init__(self, console: Console, lines: tuple[Say, ...]) -> None:
        """*lines*: what the caller says, to know when each was last voiced."""
        self._console = console
        self._lock = Lock()
        self._voiced_for_ms = {line.text: (voiced_span_ms(line.sound) or (0.0, 0.0))[1] for line in lines}
        self._last_voiced_ms: float | None = None

    def at_the_carrier(self, _sid: str, event: Event) -> None:
        """An event at the caller's end of the wire."""
        with self._lock:
            match event.kind:
                case "caller_spoke":
                    self._last_voiced_ms = event.at_ms - FRAME_MS + self._voiced_for_ms.get(event.text, 0.0)
                    self._print("yellow", "손님", event.text)
                case "reply_sound" if self._last_voiced_ms is not None and event.at_ms > self._last_voiced_ms:
                    gap_seconds = (event.at_ms - self._last_voiced_ms) / 1000
                    self._last_voiced_ms = None
                    self._console.print(f"      [dim]⏱ {gap_seconds:.2f} s from the caller's last sound to ours[/dim]")
                case "dialled":
                    self._print("magenta", "연결", event.text)
                case "webhook_failed" | "warning":
                    self._print("red", "경고", f"{event.text} {dict(event.data)}")

    def at_the_server(self, event: LiveEvent) -> None:
        """An event at our end."""
        with self._lock:
            match event:
                case AssistantSpeaks(reply=reply):
                    self._print("cyan", "AI", reply.say)
                case CallerHeard(heard=heard):
                    self._console.print(f"      [dim]heard: {escape(_written(heard))}[/dim]")
                case Interrupted(heard_ms=heard_ms):
                    self._console.print(f"      [dim]interrupted: we fell silent after {heard_ms / 1000:.1f} s[/dim]")

    def _print(self, colour: str, who: str, words: str) -> None:
        self._console.print(f"[bold {colour}]{who:>4}[/]  {escape(words)}")


def _written(heard: Heard) -> str:
    match heard:
        case Utterance(text=text, language=language, confidence=confidence):
            return f"{text}  ({language}, {confidence:.0%} sure)"
        case Keypress(digits=digits):
            return f"key {digits}"
        case Silence(seconds=seconds):
            return f"nothing for {seconds:.0f} s"
    return "hung up"


def show_beginning(console: Console, scenario: Scenario, shop_time: str, caller: str, called: str) -> None:
    """What is about to happen."""
    console.rule(f"[bold]{escape(scenario.title)}")
    console.print(
        f"A simulated telephone network calls {called} from {caller}, over Twilio's protocol on this machine.\n"
        f"Both voices are espeak-ng; Whisper hears the caller from 8 kHz mu-law. The shop's clock says {shop_time}.\n"
    )


def show_end(console: Console, record: CallRecord, log: SqliteCallLog, page: str) -> None:
    """The summary, the rows and the measured gaps."""
    console.print()
    line = log.ledger.call(record.sid)
    console.print(f"[bold]Summary[/]  {escape(line.summary)}")
    for kind, rows in _rows(log).items():
        table = Table(title=f"{kind} in {log.file.path.name}", title_justify="left", show_edge=False)
        for column in rows[0]:
            table.add_column(column)
        for row in rows:
            table.add_row(*(escape(str(value)) for value in row.values()))
        console.print(table)
    gaps = sorted(gap for turn in turn_timings(record) if (gap := turn.reply_gap_ms) is not None)
    if gaps:
        middle = gaps[len(gaps) // 2]
        console.print(f"[bold]Reply gap[/]  median {middle:.0f} ms, longest {gaps[-1]:.0f} ms, over {len(gaps)} turns")
    console.print(f"[bold]Owner's page[/]  {page}")


def _rows(log: SqliteCallLog) -> dict[str, list[dict[str, object]]]:
    """What callers have left, as the owner's book shows it."""
    wanted = {
        "reservations": ("day", "time", "party", "name", "phone", "status"),
        "orders": ("pickup_time", "total", "name", "phone", "status"),
        "messages": ("kind", "name", "phone", "about", "due"),
    }
    found = {}
    with log.file.reading() as db:
        for kind, columns in wanted.items():
            rows = [{column: row[column] for column in columns} for row in db.table(kind).rows]
            if rows:
                found[kind] = rows
    return found
