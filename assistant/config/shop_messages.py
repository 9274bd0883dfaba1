"""The sentences owners read about mistakes in a shop's hours, menu and rules, in Korean and English."""

from collections.abc import Mapping

SHOP_MESSAGES: Mapping[str, Mapping[str, str]] = {
    # hours and dates
    "not_a_time": {
        "ko": "'{value}': 시각으로 읽을 수 없습니다.",
        "ko_hint": "예: 21:00, 오후 9시, 24:00, 02:00",
        "en": "'{value}' cannot be read as a time of day.",
        "en_hint": "Examples: 21:00, 9pm, 24:00, 02:00",
    },
    "not_hours": {
        "ko": "'{value}': 영업시간으로 읽을 수 없습니다.",
        "ko_hint": "예: 11:30-21:00, 9-21, 휴무",
        "en": "'{value}' cannot be read as opening hours.",
        "en_hint": "Examples: 11:30-21:00, 9am-9pm, closed",
    },
    "not_a_span": {
        "ko": "'{value}': '시작-끝'으로 읽을 수 없습니다.",
        "ko_hint": "예: 15:00-17:00",
        "en": "'{value}' cannot be read as 'from-to'.",
        "en_hint": "Example: 15:00-17:00",
    },
    "very_long_day": {
        "ko": "'{value}': {hours}시간 동안 문을 여는 것이 됩니다. 밤샘 영업이라면 {explicit}처럼 써 주세요.",
        "en": "'{value}' would be a day of {hours} hours. If you do stay open overnight, write {explicit}.",
    },
    "break_outside": {
        "ko": "'{value}': 쉬는 시간이 영업시간({hours}) 밖에 있습니다.",
        "en": "'{value}': the break lies outside the opening hours ({hours}).",
    },
    "last_order_outside": {
        "ko": "'{value}': 마지막 주문이 영업시간({hours}) 밖에 있습니다. '30분 전'처럼 써도 됩니다.",
        "en": "'{value}': the last order lies outside the opening hours ({hours}); '30 minutes before' works too.",
    },
    "last_order_on": {
        "ko": "'{value}': {days} 영업시간({hours}) 밖입니다. '30분 전'처럼 쓰거나 그날 last_order를 따로 쓰세요.",
        "en": "'{value}' lies outside the hours of {days} ({hours}); write '30 minutes before', or that day's own.",
    },
    "not_weekdays": {
        "ko": "'{value}': 요일로 읽을 수 없습니다.",
        "ko_hint": "예: 월-금, 토, 주말, 매일",
        "en": "'{value}' cannot be read as days of the week.",
        "en_hint": "Examples: mon-fri, sat, weekend, daily",
    },
    "weekday_missing": {
        "ko": "{days} 영업시간이 없습니다. 쉬는 날이면 '휴무'라고 써 주세요.",
        "en": "there are no hours for {days}; write 'closed' for a day off.",
    },
    "weekday_twice": {
        "ko": "'{value}': {days} 영업시간이 두 번 있습니다({first}번째 줄에도 있습니다).",
        "en": "'{value}': there are hours for {days} in line {first} too.",
    },
    "not_a_closing_rule": {
        "ko": "'{value}': 정기 휴무로 읽을 수 없습니다. 예: 둘째 넷째 월요일, 마지막 일요일, 매월 15일, "
        "격주 화요일 2026-01-06부터",
        "en": "'{value}' cannot be read as regular closing days. Examples: every 2nd and 4th Monday, last Sunday, "
        "every other Tuesday from 2026-01-06",
    },
    "fortnight_start": {
        "ko": "'{value}': 격주라면 쉬는 날 하나를 적어 주세요. 예: 격주 {day}요일 {date}부터",
        "en": "'{value}': for every other week, name one of the dates. Example: every other {day_en} from {date}",
    },
    "fortnight_weekday": {
        "ko": "'{value}': {date}은(는) {day}요일입니다.",
        "en": "'{value}': {date} is a {day_en}.",
    },
    "not_a_holiday": {
        "ko": "'{value}': 모르는 공휴일입니다.",
        "ko_hint": "쓸 수 있는 이름: {known}. 다른 날은 exceptions에 날짜로 써 주세요.",
        "en": "'{value}' is not a known holiday.",
        "en_hint": "Known: {known}. Other days go into exceptions, by date.",
    },
    "not_a_date": {
        "ko": "'{value}': 날짜로 읽을 수 없습니다. 예: 2026-12-24, 2026-08-03 ~ 2026-08-07, 매년이면 12-24",
        "en": "'{value}' cannot be read as a date. Examples: 2026-12-24, 2026-08-03 ~ 2026-08-07, every year: 12-24",
    },
    "no_such_day": {
        "ko": "'{value}': 달력에 없는 날짜입니다.",
        "en": "'{value}': there is no such day in the calendar.",
    },
    "dates_backwards": {
        "ko": "'{value}': 끝나는 날이 시작하는 날보다 앞섭니다.",
        "en": "'{value}': the last day comes before the first.",
    },
    "dates_too_long": {
        "ko": "'{value}': {days}일 동안입니다. 366일까지만 쓸 수 있습니다.",
        "en": "'{value}' lasts {days} days; at most 366 are allowed.",
    },
    "year_outside": {
        "ko": "'{value}': {first}년부터 {last}년 사이의 날짜만 쓸 수 있습니다.",
        "en": "'{value}': dates from {first} to {last} can be used.",
    },
    "date_twice": {
        "ko": "'{value}': {date} 날짜가 {first}번째 줄에도 있습니다.",
        "en": "'{value}': {date} is described in line {first} too.",
    },
    # menu, services, rules
    "name_twice": {
        "ko": "'{value}': 같은 이름이 {first}번째 줄에도 있어 손님 말을 구별할 수 없습니다.",
        "en": "'{value}' is a name in line {first} too; callers could not say which they mean.",
    },
    "question_twice": {
        "ko": "'{value}': 같은 질문이 {first}번째 줄에도 있어 어느 답을 할지 알 수 없습니다.",
        "en": "'{value}' is a question in line {first} too; only one of them can be answered.",
    },
    "not_an_allergen": {
        "ko": "'{value}': 모르는 알레르기 성분입니다.",
        "ko_hint": "쓸 수 있는 이름: {known}.",
        "en": "'{value}' is not a known allergen.",
        "en_hint": "Known: {known}.",
    },
    "unknown_staff": {
        "ko": "'{value}': staff에 없는 이름입니다.",
        "ko_hint": "staff에 있는 이름: {known}.",
        "en": "'{value}' is not listed under staff.",
        "en_hint": "Listed: {known}.",
    },
    "unknown_dish": {
        "ko": "'{value}': menu에 있는 다른 메뉴의 이름이 아닙니다.",
        "en": "'{value}' is not the name of another dish of the menu.",
    },
    "lone_half": {
        "ko": "반반이 되는 메뉴가 하나뿐입니다. 함께 섞을 메뉴에도 halves: 예 를 써 주세요.",
        "en": "only one dish may be halved; write halves: yes at those it can be combined with.",
    },
    "place_twice": {
        "ko": "'{value}': 같은 곳이 {first}번째 줄에도 있어 배달이 되는지, 얼마인지 알 수 없습니다.",
        "en": "'{value}' is a place in line {first} too; whether and for how much you deliver there is not clear.",
    },
    "no_seats": {
        "ko": "좌석 수(seats)를 써 주세요. 예약을 몇 명까지 받을 수 있는지 알아야 합니다.",
        "en": "seats is needed: it says how many people can be booked at one time.",
    },
    "deposit_amount": {
        "ko": "예약금은 한 사람에 얼마인지(per_person), 한 예약에 얼마인지(amount) 둘 가운데 하나만 써 주세요.",
        "ko_hint": "예: per_person: 10,000원",
        "en": "a deposit is so much for each person (per_person) or so much for a booking (amount): write one of them.",
        "en_hint": "Example: per_person: 10,000",
    },
    "party_above_seats": {
        "ko": "'{value}': 좌석 수({seats})보다 많습니다.",
        "en": "'{value}' is more than the shop's seats ({seats}).",
    },
    "calls_itself": {
        "ko": "'{value}': 손님이 거는 이 가게 번호입니다. 전화가 제자리를 돌게 되니 사람이 받는 다른 번호를 써 주세요.",
        "en": "'{value}' is a number that customers dial; the call would come back. Use one that a person answers.",
    },
    "greeting_denies": {
        "ko": "'{value}': AI 안내나 기록 안내와 어긋나는 말은 인사에 넣을 수 없습니다. 그 안내는 언제나 나갑니다.",
        "en": "'{value}': a greeting must not contradict the notices (AI, kept in writing), which are always spoken.",
    },
    "not_a_wav": {
        "ko": "'{value}': WAV 소리 파일이 아닙니다({reason}). 녹음 앱에서 WAV(16비트)로 저장해 주세요.",
        "en": "'{value}' is no WAV sound ({reason}); save it as WAV with 16 bits.",
    },
    "wav_format": {
        "ko": "'{value}': {bits}비트, 채널 {channels}개, {rate} Hz 입니다. "
        "16비트, 채널 한두 개, 8,000에서 48,000 Hz 로 저장해 주세요.",
        "en": "'{value}' has {bits} bits, {channels} channels and {rate} Hz; "
        "save it with 16 bits, one or two channels and 8,000 to 48,000 Hz.",
    },
    "wav_length": {
        "ko": "'{value}': {seconds}초입니다. {limit}초까지만 들려드립니다.",
        "en": "'{value}' lasts {seconds} seconds; it must have a sound, of at most {limit} seconds.",
    },
    "shop_id_twice": {
        "ko": "'{value}': 다른 가게({first})도 같은 id를 씁니다. id를 다르게 써 주세요.",
        "en": "'{value}' is the id of another shop too ({first}); choose another.",
    },
    "number_twice": {
        "ko": "'{value}': 다른 가게({first})도 같은 전화번호를 씁니다. 한 번호는 한 가게만 쓸 수 있습니다.",
        "en": "'{value}' is a number of another shop too ({first}); a number belongs to one shop.",
    },
    "file_twice": {
        "ko": "'{value}': 같은 파일을 두 번 썼습니다.",
        "en": "'{value}' is named twice.",
    },
}
