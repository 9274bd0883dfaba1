"""One shop's YAML file to a `Shop`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.call import dialled_at_home
from assistant.config.environment import PIN_VARIABLE, with_pin
from assistant.config.fields import Key, Listed, Mapped, Read, Record, into
from assistant.config.followup_keys import FOLLOWUPS, https_url
from assistant.config.hours import hours_reader
from assistant.config.mistakes import Misread
from assistant.config.scalars import (
    Choice,
    Minutes,
    Money,
    OrNone,
    Text,
    Whole,
    Words,
    folded,
    identifier,
    phone,
    timezone,
    yes_no,
)
from assistant.config.settings_values import Secret, SecretFile
from assistant.config.shop_checks import (
    booking_limits,
    denial,
    lone_half,
    shared_choices,
    shared_names,
    shared_questions,
    unknown_instead,
    unknown_staff,
)
from assistant.config.shop_offers import menu_item, named, service, staff
from assistant.config.shop_orders import orders_reader
from assistant.config.shop_sound import Recording, Sounds
from assistant.config.yaml_tree import Items, Leaf, Node, Table, mistake_at
from assistant.shop import Faq, Shop
from assistant.shop_rules import PROMPTS, Deposit, Greeting, Owner, ReservationRules

LANGUAGES = ("ko", "en")
"""Languages a shop may speak; each has a pack in `assistant/languages/`."""

DEFAULT_LANGUAGES = ("ko", "en")

_PHONES = Listed(phone, lone=True, most=20)


def shop_reader(
    languages: tuple[str, ...] = DEFAULT_LANGUAGES, file_id: str = "", folder: Path = Path()
) -> Record[Shop]:
    """Reads a shop that speaks these languages; *file_id* is its id when the file gives none.

    *folder*: where the files it names lie.
    """
    words = Words(languages)
    return Record(
        (
            Key("id", identifier),
            Key(
                "name",
                Words(languages, 60),
                needed=True,
                example="name: {ko: 하늘식당, en: Haneul}",
                also=("상호", "가게"),
            ),
            Key("languages", Listed(Choice(LANGUAGES), lone=True), also=("언어", "language")),
            Key("timezone", timezone, also=("시간대", "time_zone")),
            Key(
                "numbers",
                _PHONES,
                also=("전화", "전화번호", "number", "phone"),
            ),
            Key("transfer_to", phone, also=("연결", "담당자", "transfer")),
            Key("address", words, also=("주소",)),
            Key("map_url", https_url, also=("지도", "약도", "map")),
            Key("directions", words, also=("오시는길", "길안내", "찾아오는길")),
            Key(
                "hours",
                hours_reader(languages[0]),
                needed=True,
                example="hours: {weekly: 11:30-21:00}",
                also=("영업시간",),
            ),
            Key("menu", Listed(menu_item(languages)), also=("메뉴", "dishes")),
            Key("services", Listed(service(languages)), also=("시술", "서비스", "service")),
            Key("staff", Listed(staff(languages)), also=("직원", "디자이너", "선생님")),
            Key("faq", Mapped(identifier, _faq(words)), also=("faqs", "자주묻는질문", "질문", "questions")),
            Key("reservations", OrNone(_reservations(languages)), also=("예약", "reservation", "booking", "bookings")),
            Key("orders", OrNone(orders_reader(languages)), also=("주문", "order", "포장")),
            Key("greeting", _greeting(languages), also=("인사", "인사말")),
            Key("callback_minutes", Minutes(5, 7 * 24 * 60), also=("callback", "회신")),
            Key("owner", _owner(folder), also=("사장", "사장님", "주인")),
            Key(
                "sounds",
                Mapped(Choice(PROMPTS), Sounds(languages, folder), example="opening"),
                also=("목소리", "소리", "sound", "prompts"),
            ),
            Key("recording", Recording(), also=("녹음", "record", "recordings")),
            Key("followups", FOLLOWUPS, also=("알림", "문자", "webhooks", "notifications")),
        ),
        lambda read: _shop(read, languages, file_id),
    )


def read_shop(node: Node, file_id: str, folder: Path = Path(), environment: Mapping[str, str] | None = None) -> Shop:
    """A shop from its file's tree; *file_id* is its id when the file gives none. Raises `Misread`.

    *folder* is the file's own; *environment* may hold the owner's PIN.
    """
    return shop_reader(_languages(node), file_id, folder)(with_pin(node, environment or {}), "")


def _languages(node: Node) -> tuple[str, ...]:
    """The languages the file names, wrong ones left out: they decide how its texts are read."""
    written = node.get("languages") if isinstance(node, Table) else None
    leaves = written.items if isinstance(written, Items) else (written,)
    named = [folded(each.text) for each in leaves if isinstance(each, Leaf)]
    return tuple(dict.fromkeys(name for name in named if name in LANGUAGES)) or DEFAULT_LANGUAGES


@dataclass(frozen=True)
class _Answer:
    questions: tuple[str, ...]
    answer: Mapping[str, str]


def _faq(words: Words) -> Record[_Answer]:
    questions = Listed(Text(120, "주차 되나요?"), lone=True, most=60, least=1)
    return Record(
        (
            Key(
                "questions", questions, needed=True, example="questions: [주차 되나요?]", also=("질문", "question", "q")
            ),
            Key(
                "answer",
                words,
                needed=True,
                example="answer: 가게 앞에 두 대 댈 수 있습니다.",
                also=("답", "대답", "답변", "a"),
            ),
        ),
        into(_Answer),
    )


def _deposit(languages: tuple[str, ...]) -> Record[Deposit]:
    """Reads what a booking costs beforehand: an amount for each person, or one for the whole booking."""

    def build(read: Read) -> Deposit:
        if bool(read.values.get("per_person")) == bool(read.values.get("amount")):
            raise Misread([read.mistake("amount", "deposit_amount")])
        return Deposit(**read.values)

    return Record(
        (
            Key("from_party", Whole(1, 500, ("명", "people")), also=("인원", "from")),
            Key("per_person", Money(0, 1_000_000), also=("한명당", "일인당", "1인당")),
            Key("amount", Money(0, 100_000_000), also=("금액",)),
            Key("how", Words(languages), also=("방법", "입금방법", "pay")),
            Key("refund", Words(languages), also=("환불", "환불규정")),
        ),
        build,
    )


def _reservations(languages: tuple[str, ...]) -> Record[ReservationRules]:
    """Reads the rules for bookings."""
    return Record(
        (
            Key("seats", Whole(0, 2000, ("석", "명", "seats")), also=("좌석", "자리")),
            Key("stay_minutes", Minutes(10, 12 * 60), also=("이용시간", "stay")),
            Key("largest_party", Whole(1, 500, ("명", "people")), also=("최대인원", "max_party")),
            Key("notice_minutes", Minutes(0, 14 * 24 * 60), also=("notice",)),
            Key("days_ahead", Whole(1, 366, ("일", "days")), also=("days",)),
            Key("slot_minutes", Minutes(5, 240), also=("slot",)),
            Key("policy", Words(languages), also=("규정", "노쇼")),
            Key("deposit", OrNone(_deposit(languages)), also=("예약금", "보증금", "prepayment")),
            Key("waiting", yes_no, also=("대기", "웨이팅", "waitlist", "waiting_list")),
        ),
        into(ReservationRules),
    )


def _owner(folder: Path) -> Record[Owner]:
    """Reads who may give orders by telephone; the PIN stands in a file of its own or in the environment."""

    def build(read: Read) -> Owner:
        key = "pin_file" if "pin_file" in read.values else "pin"
        pin = next(iter(read.values.get(key, ())), "")
        if pin and not re.fullmatch(r"\d{4}", pin, re.ASCII):
            raise Misread([replace(read.mistake(key, "not_a_pin"), value="")])  # no secret is repeated in a message
        return Owner(tuple(map(dialled_at_home, read.values.get("numbers", ()))), pin)

    return Record(
        (
            Key("numbers", _PHONES, also=("번호", "number", "전화번호")),
            Key("pin", Secret(PIN_VARIABLE, "pin_file"), also=("비밀번호",)),
            Key("pin_file", SecretFile(folder)),
        ),
        build,
    )


def _greeting(languages: tuple[str, ...]) -> Record[Greeting]:
    words = Words(languages, 120)

    def honest(node: Node, key: str) -> dict[str, str]:
        texts = words(node, key)
        denied = next(filter(None, map(denial, texts.values())), "")
        if denied:
            raise Misread([mistake_at(node, key, "greeting_denies", value=denied)])
        return texts

    return Record(
        (Key("opening", honest, also=("시작",)), Key("closing", honest, also=("끝", "마무리"))), into(Greeting)
    )


def _shop(read: Read, languages: tuple[str, ...], file_id: str) -> Shop:
    """The shop, once its parts fit each other. Raises `Misread`."""
    mistakes = [
        *shared_names(read, "menu"),
        *shared_names(read, "services"),
        *shared_names(read, "staff"),
        *shared_choices(read),
        *shared_questions(read),
        *unknown_instead(read),
        *lone_half(read),
        *unknown_staff(read),
        *booking_limits(read),
    ]
    if read.values.get("transfer_to") in read.values.get("numbers", ()):
        mistakes.append(read.mistake("transfer_to", "calls_itself"))
    if mistakes:
        raise Misread(mistakes)
    values = named(read, languages) | {"languages": languages}
    values["faqs"] = tuple(Faq(name, a.questions, a.answer) for name, a in values.pop("faq", ()))
    values["sounds"] = dict(values.pop("sounds", ()))
    values.setdefault("id", file_id)
    return Shop(**values)
