"""Reads Korean addresses: road and number, building, apartment block and flat, floor."""

import re
from collections.abc import Iterator

from assistant.call import Mention
from assistant.languages._spans import Taken, mention
from assistant.languages.ko.line import Line
from assistant.languages.ko.number_words import SINO_DIGITS, read_sino
from assistant.languages.ko.numbers import Numeral

_ROAD = re.compile(
    r"(?:(?:[가-힣]{1,7}(?:특별시|광역시|시|도|구|군|읍|면)|서울|부산|대구|인천|광주|대전|울산|세종|제주|경기) ){0,3}"
    r"([가-힣0-9]{1,10}?(?:대로|로|길))(?: ?([1-7일이삼사오육칠])가)?(?: ?(?=[0-9일이삼사오육칠팔구십백천]))"
)
_HOUSES = "아파트|빌딩|타워|오피스텔|빌라|맨션|주택|상가|원룸|연립|건물"
_NAMED_HOUSES = (
    "호텔|센터|캐슬|자이|힐스테이트|래미안|푸르지오|게스트하우스|학교|병원|마을|단지|하이츠|파크|빌리지|하우스|고시원"
    "|시티|스퀘어|플라자|팰리스|백화점|마트|약국|은행|우체국|교회|성당|회관|사옥"
)
_PLACE = re.compile(
    rf"([가-힣a-z0-9]{{1,12}}?(?:{_HOUSES}|{_NAMED_HOUSES})"
    rf"|(?<![가-힣])(?!여기|저기|거기|우리|저희|배달|주소)[가-힣]{{2,7}}(?<![은는이가에요]) (?:{_HOUSES}))"
)
_BLOCK = r"(?:(에이|비|씨|디|에프|[a-f]|[가나다라]) ?동)"
_LETTERS = {"에이": "A", "비": "B", "씨": "C", "디": "D", "에프": "F"}
"""Blocks of flats that are lettered, as the letters are said."""
_ESTATE = r"(?: ?([0-9일이삼사오육칠팔구]{1,2}) ?(단지|차))?(?: ?아파트)?"
_BUILDING = re.compile(_PLACE.pattern + rf"{_ESTATE} ?{_BLOCK}? ?(?:지하 ?)?$")
_AND_LOT = re.compile(
    r"(?: ?다시 ?| ?의 ?|-)([0-9]{1,4}|[일이삼사오육칠팔구십백]{1,4})(?=(?: ?번지)?(?:이?요|이?고|이에요|예요|입니다"
    r"|인데|에|로)?(?![가-힣0-9]))"
)
""" "십이 다시 삼": the part of a lot."""
_SIDE_BY_SIDE = re.compile(r"(?:[ ,]{0,2}|(?:[ ,]|이?요|이?고요?|에 있는|안에|옆|뒤|앞|맞은편|건너편|그|에){1,4})")
_LANDMARK = re.compile(r"(?: ?(?:정문|후문|입구|맞은편|건너편|로비|주차장|사거리|앞|뒤|옆))*")
_BLOCK_ALONE = re.compile(rf"(?<![가-힣a-z0-9]){_BLOCK} ?$")
_LONE = re.compile(r"(?: ?번지)?(?:이?요|입니다|이에요|예요)?(?:[ ,]|$)")
_PLACE_BEHIND = re.compile(rf"(?:이?요|이고요?|,)? ?{_PLACE.pattern}")
_NOT_ROAD = re.compile(
    r"(?:으로|(?<![가-힣])(?:바로|새로|따로|서로|별로|대로|홀로|뒤로|진짜로|저로)|추가로|그대로|걸로"
    r"|실제로|번호로|후로|때로|시로)$"
)
_PARTS = {
    "동": "동", "호": "호", "호실": "호", "층": "층", "번지": "번지", "번길": "번길", "길": "길",
    "번가": "번가",
}  # fmt: skip
_LOT = re.compile(
    r"(?<![가-힣])((?:[가-힣]{1,7}(?:특별시|광역시|시|도|구|군) ){0,3}[가-힣]{1,5}(?:동|읍|면|리)) "
    r"(\d{1,4}(?:-\d{1,4})?)(?:번지)?(?![\d가-힣](?<!이)(?<!에)(?<!요)(?<!입)(?<!로))"
)
_WARD = re.compile(r"(?<![가-힣])((?:[가-힣]{1,7}(?:특별시|광역시|시|도|구|군) ){0,3}[가-힣]{1,5}(?:동|읍|면|리)) ?$")
_LOT_BEHIND = re.compile(
    r" ?(?:다시|의|에|-) ?([0-9]{1,4}|[일이삼사오육칠팔구십백]{1,4})(?: ?번지)?(?![가-힣](?<!요)(?<!이)(?<!에)(?<!입))"
)
_LOT_AHEAD = re.compile(r"(?<![\d가-힣])(\d{1,4}|[일이삼사오육칠팔구십백]{1,4}) ?(?:-|다시) ?$")
_BASEMENT = re.compile(r"지하 ?$")
_GAP = re.compile(r"[ ,]{0,2}(?:지하 ?)?(?:에 ?)?")
_BEHIND_A_LOT = re.compile(r"(?:번지)?[ ,]{0,2}(?:의 ?)?")


_WARD_ALONE = re.compile(
    r"(?<![가-힣])((?:[가-힣]{1,7}(?:특별시|광역시|시|도|구|군) ){0,3}"
    r"(?![가나다라마비씨]동)[가-힣]{1,5}(?:동|읍|면|구))"
    r"(?=(?:이?요|이에요|예요|입니다|인데요?|이고요?|에|으로)?(?:[ ,.]|$))"
)


def read_addresses(line: Line, taken: Taken) -> Iterator[Mention]:
    """An address with its numbers in digits: "세종대로 110 7층"; a lone floor only when the address was asked for."""
    lots = [_with_parts(line, lot) for lot in _lots(line)]
    yield from lots
    used = 0
    for road in _ROAD.finditer(line.text):
        name_end = road.end(1)
        first = _numeral_from(line, road.end())
        if road.start() < used or first is None or _NOT_ROAD.search(line.text, road.start(), name_end):
            continue
        start = road.start()
        value, end = _numbers(line, first)
        if value:
            used = end
            block = f"{SINO_DIGITS.get(road[2], road[2])}가" if road[2] else ""
            yield mention(line.said, "address", start, end, f"{line.said[start:name_end]}{block} {value}")
    for one, numeral in enumerate(line.numerals):
        fits = numeral.start >= used and numeral.counter in _PARTS and numeral.low is None
        if fits and (found := _without_road(line, one)):
            used = found.end
            yield found
    if "address" in line.asking and not used and (place := _PLACE.search(line.text)):
        end = _LANDMARK.match(line.text, place.end(1)).end()  # type: ignore[union-attr]
        yield mention(line.said, "address", place.start(1), end, line.said[place.start(1) : end])
    elif "address" in line.asking and not used and not lots and (ward := _WARD_ALONE.search(line.text)):
        yield mention(line.said, "address", *ward.span(1), line.said[slice(*ward.span(1))])


def _lots(line: Line) -> Iterator[Mention]:
    """ "역삼동 123-4번지"."""
    for one in line.numerals:
        if one.counter == "번지" and (ward := _WARD.search(line.text, max(0, one.start - 30), one.start)):
            value = f"{line.said[slice(*ward.span(1))]} {one.value}"
            yield mention(line.said, "address", ward.start(1), one.counter_end, value)
        ward = _WARD.search(line.text, max(0, one.start - 30), one.start)
        behind = _LOT_BEHIND.match(line.text, one.end) if ward and one.counter is None and not one.weak else None
        if ward and behind and (behind[1].isdigit() or read_sino(behind[1])):
            part = behind[1] if behind[1].isdigit() else read_sino(behind[1])
            value = f"{line.said[slice(*ward.span(1))]} {one.value}-{part}"
            yield mention(line.said, "address", ward.start(1), behind.end(), value)
    for found in _LOT.finditer(line.text):
        yield mention(line.said, "address", *found.span(), f"{line.said[slice(*found.span(1))]} {found[2]}")


def _with_parts(line: Line, lot: Mention) -> Mention:
    """A lot with the block, flat and floor behind it: "노을동 12-3 2층"."""
    value, end = str(lot.value), lot.end
    for one in line.numerals:
        if one.start >= end and one.counter in ("동", "호", "호실", "층") and line.gap(end, one.start, _BEHIND_A_LOT):
            value, end = f"{value} {one.value}{_PARTS[one.counter]}", one.counter_end
    return mention(line.said, "address", lot.start, end, value)


def joined_addresses(text: str, found: list[Mention]) -> list[Mention]:
    """Parts of one address that stand side by side as one."""
    joined = list[Mention]()
    for one in found:
        before = joined[-1] if joined else None
        if (
            before
            and before.kind == one.kind == "address"
            and _SIDE_BY_SIDE.fullmatch(text, before.end, one.start)
            and len(before.text) < 60
        ):
            joined[-1] = mention(text, "address", before.start, one.end, f"{before.value} {one.value}")
        else:
            joined.append(one)
    return joined


def _numeral_from(line: Line, position: int) -> int | None:
    return line.by_start.get(position, line.by_start.get(position + 1))


def _numbers(line: Line, place: int) -> tuple[str, int]:
    """The numbers behind a road: building, block, flat, floor."""
    words, end = list[str](), line.numerals[place].start
    for one in line.numerals[place : place + 5]:
        if (
            (one.weak and not (words and words[-1].endswith("길") and _LONE.match(line.text, one.end)))
            or not line.gap(end, one.start, _GAP)
            or one.fraction
            or (one.counter == "동" and line.text[one.start - 1 : one.start] == "에")  # 에이동
            or (
                one.counter and one.counter not in (*_PARTS, "번") and not (one.counter == "일" and not one.text_spaced)
            )
        ):
            break
        split = _road_number_and_floor(line, one) if not words else None
        if split:
            words += split
        else:
            below = "지하 " if one.counter == "층" and _BASEMENT.search(line.text, 0, one.start) else ""
            value = one.value + (one.counter == "일")  # "십일" is no day here
            words.append(f"{below}{value}{_PARTS.get(one.counter or '', '')}")
        end = one.counter_end if one.counter in (*_PARTS, "번", "일") else one.end
        lot = _AND_LOT.match(line.text, end) if one.counter is None else None
        part = lot and (int(lot[1]) if lot[1].isdigit() else read_sino(lot[1]))
        if lot and part:
            words[-1] += f"-{part}"
            return " ".join(words), lot.end()
        if one.counter == "층":
            break
    return " ".join(words), end


def _road_number_and_floor(line: Line, one: Numeral) -> list[str] | None:
    """ "세종대로 백십 칠 층": behind a road a space parts the house number from the floor."""
    said = line.text[one.start : one.end]
    if one.counter not in ("층", "호") or " " not in said:
        return None
    left, _, right = said.rpartition(" ")
    house, floor = read_sino(left), read_sino(right)
    return [str(house), f"{floor}{one.counter}"] if house and floor else None


def _named(building: re.Match[str]) -> str:
    """ "푸른마을 삼단지 비동" in short: "푸른마을 3단지 B동"."""
    estate = f" {SINO_DIGITS.get(building[2], building[2])}{building[3]}" if building[2] else ""
    block = f" {_LETTERS.get(building[4], building[4].upper())}동" if building[4] else ""
    return building[1] + estate + block


def _without_road(line: Line, place: int) -> Mention | None:
    """ "백이 동 삼백일 호", "행복빌라 3층"."""
    one = line.numerals[place]
    following = line.numerals[place + 1] if place + 1 < len(line.numerals) else None
    pair = following and following.counter in ("호", "호실", "층") and line.gap(one.counter_end, following.start, _GAP)
    before = max(0, one.start - 28)
    building = _BUILDING.search(line.text[before : one.start])
    blocks = one.counter in ("동", "호", "호실") and one.value >= 100
    if not (pair or building or blocks or "address" in line.asking):
        return None
    value, end = _numbers(line, place)
    start = one.start
    lot = _LOT_AHEAD.search(line.text[before:start]) if one.counter == "번지" and value else None
    number = lot and (int(lot[1]) if lot[1].isdigit() else read_sino(lot[1]))
    if lot and number:
        return mention(line.said, "address", before + lot.start(1), end, f"{number}-{value.replace('번지', '')}")
    if building:
        start -= len(building[0])
        value = f"{_named(building)} {value}"
    elif block := _BLOCK_ALONE.search(line.text[before : one.start]):
        start -= len(block[0])
        value = f"{_LETTERS.get(block[1], block[1].upper())}동 {value}"
    elif behind := _PLACE_BEHIND.match(line.text, end):
        value, end = f"{behind[1]} {value}", behind.end()
    return mention(line.said, "address", start, end, value) if value else None
