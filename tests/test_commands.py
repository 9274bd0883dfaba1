"""The commands of a terminal: what goes wrong is said in the reader's words, with the next step, and nothing else."""

import io
import json
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.__main__ import main
from assistant.call import Call, Outcome, Reply, State, Turn, Utterance
from assistant.call_log import SqliteCallLog
from assistant.telephony.typed import BadLine, from_json, from_words

SHOP = "name: 한빛식당\nhours:\n  weekly:\n    매일: 11:00-21:00\n"

Ran = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A configuration with one shop, hanbit."""
    (tmp_path / "config.yaml").write_text("shops: [hanbit.yaml]\ndata: kept\n", encoding="utf-8")
    (tmp_path / "hanbit.yaml").write_text(SHOP, encoding="utf-8")
    return tmp_path


@pytest.fixture
def ran(folder: Path, capsys: pytest.CaptureFixture[str]) -> Ran:
    """Run a command on that configuration; gives its exit code, its output and its errors."""

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--config", str(folder / "config.yaml")])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.mark.parametrize("command", [("calls", "hanbit"), ("export", "hanbit"), ("call", "hanbit"), ("understand",)])
def test_a_missing_configuration_is_named(folder: Path, ran: Ran, command: tuple[str, ...]) -> None:
    """No command goes on with defaults: it would look in another folder than the owner thinks."""
    (folder / "config.yaml").unlink()
    code, out, error = ran(*command)
    assert (code, out) == (1, "")
    assert str(folder / "config.yaml") in error
    assert "파일이 없습니다" in error


def test_a_wrong_data_folder_is_not_replaced_by_another(folder: Path, ran: Ran) -> None:
    """A mistake in config.yaml is told with its line, and nothing is written elsewhere."""
    (folder / "config.yaml").write_text("shops: [hanbit.yaml]\ndata: [kept]\n", encoding="utf-8")
    code, _, error = ran("calls", "hanbit")
    assert (code, "config.yaml:2:7" in error) == (1, True)
    assert sorted(path.name for path in folder.iterdir()) == ["config.yaml", "hanbit.yaml"]


def test_a_wrong_shop_file_is_named(folder: Path, ran: Ran) -> None:
    """Whoever asks for a shop whose file is wrong is told what is wrong, not that there is no such shop."""
    (folder / "hanbit.yaml").write_text(SHOP.replace("21:00", "99:00"), encoding="utf-8")
    code, _, error = ran("calls", "hanbit")
    assert (code, "hanbit.yaml:4" in error) == (1, True)


def test_an_unknown_shop_is_told_which_there_are(ran: Ran) -> None:
    """The ids of the configuration are what one can write."""
    assert ran("export", "hanbat") == (1, "", "assistant: there is no shop 'hanbat'; the configuration has: hanbit\n")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("call", "hanbit", "--from", "abc"), "'abc' is no phone number"),
        (("call", "hanbit", "--at", "tomorrow"), "'tomorrow' is no moment"),
        (("calls", "hanbit", "--limit", "0"), "--limit"),
    ],
)
def test_wrong_options_are_refused(ran: Ran, command: tuple[str, ...], said: str) -> None:
    """Nothing is guessed from an option that means nothing."""
    code, out, error = ran(*command)
    assert (code, out) == (2, "")
    assert said in error


def test_files_that_are_not_there(folder: Path, ran: Ran) -> None:
    """The file is named in plain words, before a model is loaded."""
    missing = str(folder / "no.wav")
    assert ran("play", "hanbit", missing) == (1, "", f"assistant: {missing}: No such file or directory\n")
    missing = str(folder / "no.json")
    assert ran("import", "hanbit", missing) == (1, "", f"assistant: {missing}: No such file or directory\n")


def test_a_data_folder_that_cannot_be(folder: Path, ran: Ran) -> None:
    """The folder is named with what to look at."""
    (folder / "kept").write_text("a file", encoding="utf-8")
    code, _, error = ran("calls", "hanbit")
    assert (code, "see that the folder exists, may be written to" in error) == (1, True)


def test_an_unknown_scenario_is_told_which_there_are(ran: Ran) -> None:
    """The list comes with the error."""
    code, out, error = ran("demo", "--scenario", "wedding")
    assert (code, out) == (1, "")
    assert "no scenario 'wedding'" in error
    assert "booking" in error


def test_a_busy_port_is_named(folder: Path, ran: Ran) -> None:
    """A second server says at once why it cannot start."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        settings = f"shops: [hanbit.yaml]\nserver: {{port: {port}}}\n"
        (folder / "config.yaml").write_text(settings, encoding="utf-8")
        code, _, error = ran("serve")
    assert (code, f"port {port} on 127.0.0.1 cannot be used" in error) == (1, True)


def test_calls_are_read_by_people_and_programs(folder: Path, ran: Ran) -> None:
    """An empty log says so beside the output; moments are written as everywhere else, as ISO 8601."""
    assert ran("calls", "hanbit")[:2] == (0, "")
    log = SqliteCallLog(folder / "kept" / "hanbit.db")
    began = datetime(2026, 11, 25, 18, 30, tzinfo=ZoneInfo("Asia/Seoul"))
    log.begin(Call("CA1", "hanbit", "01000001234", "typed", began))
    log.end("CA1", began, "문의에 답함")
    log.close()
    code, out, _ = ran("calls", "hanbit", "--json")
    assert (code, json.loads(out)["began"]) == (0, "2026-11-25T18:30:00+09:00")


def test_logged_calls_are_taken_again(folder: Path, ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing changes between two runs; what the owner has changed since is told reply by reply, with exit code 3."""
    for said in ("몇 시까지 해요?\n내일 영업해요?\n", "사장님 계세요?\n"):
        monkeypatch.setattr("sys.stdin", io.StringIO(said))
        assert ran("call", "hanbit", "--at", "2026-11-25T14:00")[0] == 0
    assert ran("replay", "hanbit")[:2] == (0, "통화 2건, 대답 7개가 모두 그대로입니다.\n")
    (folder / "hanbit.yaml").write_text(SHOP.replace("21:00", "22:00"), encoding="utf-8")
    code, out, _ = ran("replay", "hanbit")
    assert (code, "아홉 시" in out, " 열 시" in out) == (3, True, True)
    assert out.endswith("통화 2건, 대답 7개 가운데 2개가 달라졌습니다.\n")
    code, out, _ = ran("replay", "hanbit", "--json")
    changed, *_, counted = map(json.loads, out.splitlines())
    assert (changed["turn"], changed["heard"], changed["was"]["then"]) == (1, "몇 시까지 해요?", "listen")
    assert (code, counted) == (3, {"calls": 2, "turns": 7, "changed": 2})
    code, out, _ = ran("replay", "hanbit", "--call", changed["call"], "--json")
    assert (code, json.loads(out.splitlines()[-1])["calls"]) == (3, 1)
    settings = "shops: [hanbit.yaml]\ndata: kept\nlanguage: en\n"
    (folder / "config.yaml").write_text(settings, encoding="utf-8")
    assert ran("replay", "hanbit")[1].endswith("2 calls, 7 replies: 2 changed.\n")


def test_a_call_that_is_not_there_cannot_be_taken_again(ran: Ran) -> None:
    """The file and the next step are named."""
    code, out, error = ran("replay", "hanbit", "--call", "CA9")
    assert (code, out) == (1, "")
    assert "no call 'CA9'; `assistant calls` lists those there are" in error


def test_an_import_of_another_encoding_is_refused(folder: Path, ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of an old program do not come in garbled, neither from a file nor from standard input."""
    content = '{"reservations": [{"day": "2026-11-28", "name": "김민수"}]}'.encode("euc-kr")
    (folder / "old.json").write_bytes(content)
    assert "UTF-8" in ran("import", "hanbit", str(folder / "old.json"))[2]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert "UTF-8" in ran("import", "hanbit", "-")[2]


def test_a_caller_is_forgotten(folder: Path, ran: Ran) -> None:
    """Whoever asks to be erased is gone from the file's very bytes; other callers stay."""
    log = SqliteCallLog(folder / "kept" / "hanbit.db")
    began = datetime(2026, 11, 25, 18, 30, tzinfo=ZoneInfo("Asia/Seoul"))
    for call_id, number, name in (("CA1", "01000001234", "Zebulon"), ("CA2", "01000005678", "Octavia")):
        log.begin(Call(call_id, "hanbit", number, "typed", began))
        booking = Outcome("reservation", {"day": "2026-11-28", "time": "19:00", "name": name, "phone": number})
        order = Outcome("order", {"items": [{"name": "갈비탕", "quantity": 1}], "name": name, "phone": number})
        turn = Turn(0, began, Utterance(f"I am {name}"), Reply("네"), State(), outcomes=(booking, order))
        log.append(call_id, turn, log.diary())
        log.end(call_id, began, f"예약: {name}")
    log.close()
    code, out, _ = ran("forget", "010-0000-1234", "--yes")
    assert (code, "1 reservations" in out, "1 calls" in out) == (0, True, True)
    kept = b"".join(path.read_bytes() for path in (folder / "kept").iterdir())
    assert b"Zebulon" not in kept
    assert b"01000001234" not in kept
    assert b"Octavia" in kept
    assert ran("forget", "010-0000-1234", "--yes")[1] == "hanbit: nothing was kept\n"
    assert ran("forget", "nobody", "--yes")[0] == 2


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"say": "hello"\n', "not JSON (Expecting ',' delimiter at column 16)"),
        ("[" * 100_000, "nested without end"),
        ('{"shout": "hello"}', '{"say": "…"}'),
    ],
)
def test_a_caller_line_that_is_none_says_how_it_should_be(line: str, says: str) -> None:
    """The message names what is wrong, where, and what may be written."""
    with pytest.raises(BadLine) as refused:
        from_json(line)
    assert says in str(refused.value)


@pytest.mark.parametrize("sign", [0xFFFD, 0xDCB3])
def test_a_typed_line_of_another_encoding_is_refused(sign: int) -> None:
    """The caller's words are kept as JSON, so they have to be text."""
    with pytest.raises(BadLine, match="UTF-8"):
        from_words(chr(sign))
    with pytest.raises(BadLine, match="UTF-8"):
        from_json(json.dumps({"say": chr(sign)}))
