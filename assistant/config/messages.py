"""The sentences owners read about mistakes in their files, in Korean and English (shops: `shop_messages.py`).

No Korean particle follows a placeholder: the value before it may end in anything.
"""

from collections.abc import Mapping

from assistant.config.shop_messages import SHOP_MESSAGES

DID_YOU_MEAN = {"ko": "혹시 이것인가요? {suggestion}", "en": "Did you mean: {suggestion}"}
ENVIRONMENT = {"ko": "환경 변수 {name}", "en": "environment variable {name}"}

MESSAGES: Mapping[str, Mapping[str, str]] = {
    **SHOP_MESSAGES,
    # the file as a whole
    "no_file": {
        "ko": "파일이 없습니다. 파일 이름과 폴더를 확인해 주세요.",
        "en": "there is no such file; check its name and folder.",
    },
    "unreadable_file": {
        "ko": "파일을 열 수 없습니다({reason}). 읽기 권한을 확인해 주세요.",
        "en": "the file cannot be opened ({reason}); check that it may be read.",
    },
    "no_match": {
        "ko": "'{value}': 이 이름에 맞는 파일이 하나도 없습니다.",
        "en": "'{value}': no file matches this name.",
    },
    "file_too_large": {
        "ko": "파일이 {size} KB입니다. {limit} KB까지만 읽습니다. 다른 파일을 잘못 넣지 않았는지 확인해 주세요.",
        "en": "the file has {size} KB; at most {limit} KB are read. Is it the right file?",
    },
    "utf_16": {
        "ko": "UTF-16으로 저장된 파일입니다. '다른 이름으로 저장'에서 인코딩을 UTF-8로 골라 다시 저장해 주세요.",
        "en": "the file is saved as UTF-16; save it again with the encoding UTF-8.",
    },
    "cp949": {
        "ko": "ANSI(CP949)로 저장된 파일입니다. '다른 이름으로 저장'에서 인코딩을 UTF-8로 골라 다시 저장해 주세요.",
        "en": "the file is saved as ANSI (CP949); save it again with the encoding UTF-8.",
    },
    "not_utf_8": {
        "ko": "UTF-8 글자가 아닌 것이 있습니다. 인코딩을 UTF-8로 골라 다시 저장해 주세요.",
        "en": "there are bytes that are not UTF-8; save the file again with the encoding UTF-8.",
    },
    "control_character": {
        "ko": "보이지 않는 제어 문자({value})가 있습니다. 그 글자를 지워 주세요.",
        "en": "there is an invisible control character ({value}); delete it.",
    },
    "too_deep": {
        "ko": "너무 깊이 들여 썼습니다. 괄호나 들여쓰기를 확인해 주세요.",
        "en": "values are nested too deeply; check brackets and indentation.",
    },
    "too_many_values": {
        "ko": "값이 2만 개를 넘습니다. 별칭(&, *)이 서로를 되풀이하지 않는지 확인해 주세요.",
        "en": "there are more than 20,000 values; check that anchors (&, *) do not repeat each other.",
    },
    "second_document": {
        "ko": "'---' 뒤에 두 번째 문서가 있습니다. 가게 하나에 파일 하나를 써 주세요.",
        "en": "a second document begins behind '---'; use one file for each shop.",
    },
    # YAML itself
    "tag": {
        "ko": "'!'로 시작하는 태그는 쓰지 않습니다. 지우거나, 글이라면 따옴표로 감싸 주세요.",
        "en": "tags beginning with '!' are not used here; remove it, or put quotes around a text.",
    },
    "unknown_alias": {
        "ko": "'*' 뒤의 이름을 앞에서 '&'로 붙인 곳이 없습니다. 글이라면 따옴표로 감싸 주세요.",
        "en": "nothing above is named so with '&'; put quotes around a text that begins with '*'.",
    },
    "duplicate_anchor": {
        "ko": "'&' 이름을 두 번 썼습니다: {value}",
        "en": "a name with '&' is given twice: {value}",
    },
    "duplicate_key": {
        "ko": "'{value}' 항목이 두 번 있습니다(처음은 {first}번째 줄). 하나를 지워 주세요.",
        "en": "'{value}' is written twice (first in line {first}); delete one.",
    },
    "key_no_word": {
        "ko": "항목 이름이 낱말이 아닙니다. 글이라면 따옴표로 감싸 주세요.",
        "en": "the name of a key is no word; put quotes around a text that begins with '[', '{{' or '?'.",
    },
    "tab": {
        "ko": "탭 문자가 있습니다. 들여쓰기는 탭 대신 빈칸으로 해 주세요.",
        "en": "there is a tab; indent with spaces instead.",
    },
    "no_colon": {
        "ko": "'{value}': '항목: 값' 꼴이 아닙니다. 쌍점(:)과 그 뒤의 빈칸을 확인해 주세요.",
        "en": "'{value}': this is not of the form 'key: value'; check the colon and the space after it.",
    },
    "colon_in_text": {
        "ko": "'{value}': 한 줄에 쌍점(:)이 두 번 있거나 들여쓰기가 어긋났습니다. 글이라면 따옴표로 감싸 주세요.",
        "en": "'{value}': there is a second colon in the line or its indentation is off; put quotes around a text.",
    },
    "open_quote": {
        "ko": "'{value}': 여기서 시작한 따옴표가 닫히지 않았습니다.",
        "en": "'{value}': the quote that begins here is not closed.",
    },
    "bad_escape": {
        "ko": "'{value}': 큰따옴표 안의 역슬래시(\\)를 읽을 수 없습니다. 작은따옴표로 감싸 주세요.",
        "en": "'{value}': the backslash inside the double quotes cannot be read; use single quotes.",
    },
    "bad_start": {
        "ko": "'{value}': 값이 기호로 시작합니다. 따옴표로 감싸 주세요.",
        "en": "'{value}': the value begins with a sign that YAML keeps for itself; put quotes around it.",
    },
    "open_bracket": {
        "ko": "'{value}': 괄호가 닫히지 않았거나 쉼표가 빠졌습니다.",
        "en": "'{value}': a bracket is not closed, or a comma is missing.",
    },
    "bad_indent": {
        "ko": "'{value}': 들여쓰기가 위아래 줄과 맞지 않습니다.",
        "en": "'{value}': the indentation does not match the lines around it.",
    },
    "syntax": {
        "ko": "YAML로 읽을 수 없습니다({value}). 이 줄과 바로 윗줄을 확인해 주세요.",
        "en": "this is not YAML ({value}); check this line and the one above it.",
    },
    # keys and shapes
    "unknown_key": {
        "ko": "'{value}': 모르는 항목입니다.",
        "ko_hint": "쓸 수 있는 항목: {known}.",
        "en": "'{value}' is not a known key.",
        "en_hint": "Known keys: {known}.",
    },
    "comma_in_brackets": {
        "ko": "'{value}': 괄호 {{ }} 안에서는 쉼표가 값을 나눕니다. 쉼표가 들면 따옴표로 감싸 주세요. 예: \"18,000\"",
        "en": "'{value}': inside brackets a comma ends a value; put quotes around one with a comma: \"18,000\"",
    },
    "missing_key": {
        "ko": "꼭 필요한 항목 '{missing}'이(가) 없습니다. 예: {example}",
        "en": "the key '{missing}' is needed. Example: {example}",
    },
    "not_a_table": {
        "ko": "여기에는 '항목: 값'들이 와야 합니다. 쓸 수 있는 항목: {known}.",
        "en": "this must be keys with values. Known keys: {known}.",
    },
    "not_a_list": {
        "ko": "여기에는 목록이 와야 합니다. 줄마다 '- '로 시작하거나 [가, 나]처럼 써 주세요.",
        "en": "this must be a list: begin each line with '- ', or write [a, b].",
    },
    "not_a_value": {
        "ko": "여기에는 값 하나만 와야 합니다. 예: {example}",
        "en": "this must be a single value. Example: {example}",
    },
    "empty": {"ko": "값이 비어 있습니다. 예: {example}", "en": "the value is empty. Example: {example}"},
    "too_many_items": {
        "ko": "목록이 {count}개입니다. {limit}개까지만 쓸 수 있습니다.",
        "en": "the list has {count} entries; at most {limit} are allowed.",
    },
    # single values
    "too_long": {
        "ko": "글이 {count}자입니다. 전화로 읽어 주기에는 {limit}자까지가 알맞습니다.",
        "en": "the text has {count} characters; at most {limit} can be read out on the phone.",
    },
    "unprintable": {
        "ko": "보이지 않는 글자({sign})가 들어 있습니다. 지워 주세요.",
        "en": "the text holds an invisible character ({sign}); delete it.",
    },
    "not_yes_or_no": {
        "ko": "'{value}': 예/아니요로 써 주세요. 예: yes 또는 no",
        "en": "'{value}': write yes or no.",
    },
    "not_a_number": {
        "ko": "'{value}': 숫자로 읽을 수 없습니다. 예: {example}",
        "en": "'{value}' cannot be read as a whole number. Example: {example}",
    },
    "out_of_range": {
        "ko": "'{value}': {low}에서 {high} 사이여야 합니다.",
        "en": "'{value}' must lie between {low} and {high}.",
    },
    "length_out_of_range": {
        "ko": "'{value}': {low}분에서 {high}분 사이여야 합니다.",
        "en": "'{value}' must lie between {low} and {high} minutes.",
    },
    "list_too_short": {
        "ko": "목록이 비어 있습니다. 예: {example}",
        "en": "the list is empty. Example: {example}",
    },
    "not_money": {
        "ko": "'{value}': 원 단위 금액으로 읽을 수 없습니다.",
        "ko_hint": "예: 18000, 18,000원, 1만 8천원",
        "en": "'{value}' cannot be read as a price in won.",
        "en_hint": "Examples: 18000, 18,000원, 1만 8천원",
    },
    "not_minutes": {
        "ko": "'{value}': 시간의 길이로 읽을 수 없습니다. 예: 90, 90분, 1시간 30분",
        "en": "'{value}' cannot be read as a length of time. Examples: 90, 90분, 1h 30m",
    },
    "not_a_choice": {
        "ko": "'{value}': 여기에 쓸 수 없는 말입니다.",
        "ko_hint": "다음 가운데 하나를 써 주세요: {known}.",
        "en": "'{value}' cannot be used here.",
        "en_hint": "Use one of: {known}.",
    },
    "not_a_phone": {
        "ko": "'{value}': 전화번호로 읽을 수 없습니다. 예: 02-0000-1234, 010-0000-1234, +821000001234",
        "en": "'{value}' cannot be read as a phone number. Examples: 02-0000-1234, +821000001234",
    },
    "premium_phone": {
        "ko": "'{value}': 유료 정보 번호(060 등)로는 연결하지 않습니다. 다른 번호를 써 주세요.",
        "en": "'{value}' is a premium-rate number; calls are not passed on to it. Use another.",
    },
    "not_a_timezone": {
        "ko": "'{value}': 모르는 시간대입니다.",
        "ko_hint": "한국은 Asia/Seoul입니다.",
        "en": "'{value}' is not a time zone.",
        "en_hint": "Example: Asia/Seoul",
    },
    "not_an_endpoint": {
        "ko": "'{value}': 주소가 아닙니다. https://… 처럼 끝까지 적어 주세요. http는 이 기계(127.0.0.1)만 됩니다.",
        "en": "'{value}' is no address; write it whole, https://…; http is for this machine (127.0.0.1) only.",
    },
    "not_a_url": {
        "ko": "'{value}': https:// 로 시작하는 주소를 써 주세요. 경로나 물음표 없이 써야 합니다. 예: https://phone.example.com",
        "en": "'{value}' must be an address such as https://phone.example.com, without a path or a question mark.",
    },
    "not_a_webhook": {
        "ko": "'{value}': https:// 로 시작하는 주소여야 합니다(http:// 는 이 컴퓨터만).",
        "ko_hint": "예: https://pos.example.com/orders",
        "en": "'{value}' must be an https address (http on this machine only).",
        "en_hint": "Example: https://pos.example.com/orders",
    },
    "not_an_account": {
        "ko": "'{value}': Twilio 계정 번호는 AC로 시작하는 34자입니다.",
        "en": "'{value}' is no Twilio account: it begins with AC and has 34 characters.",
    },
    "not_an_alert_url": {
        "ko": "알림 주소의 {line}번째 줄을 읽을 수 없습니다. '주소' 또는 '가게=주소'로 써 주세요. 예: haneul=tgram://…",
        "en": "line {line} of the alert addresses must be 'address' or 'shop=address', such as haneul=tgram://…",
    },
    "not_an_id": {
        "ko": "'{value}': 빈칸과 점 없이 글자, 숫자, '-', '_'만 써 주세요(40자까지).",
        "ko_hint": "예: parking",
        "en": "'{value}' must be letters, digits, '-' and '_' only, at most 40.",
        "en_hint": "Example: parking",
    },
    "secret_in_file": {
        "ko": "비밀번호나 토큰은 이 파일에 쓰지 않습니다. 줄을 지우고 환경 변수 {variable} 또는 {file_key}를 쓰세요.",
        "en": "secrets do not belong in this file. Delete the line and set the variable {variable}, or use {file_key}.",
    },
    "empty_secret": {
        "ko": "'{value}': 파일이 비어 있습니다. 한 줄에 하나씩 넣어 주세요.",
        "en": "'{value}': the file is empty; put the secret into it, one to a line.",
    },
    "not_a_pin": {
        "ko": "비밀번호는 숫자 네 자리여야 합니다. 전화기 숫자판으로 누르는 번호입니다.",
        "en": "the PIN has to be four digits: it is typed on a telephone.",
    },
    "not_a_host": {
        "ko": "'{value}': 127.0.0.1, 0.0.0.0 같은 주소를 써 주세요.",
        "en": "'{value}' must be an address to listen on, such as 127.0.0.1 or 0.0.0.0.",
    },
    "not_a_model": {
        "ko": "'{value}': Whisper 크기도 파일 경로도 아닙니다.",
        "ko_hint": "크기({known})나 경로(예: models/hearing/demo.pt)를 써 주세요.",
        "en": "'{value}' is neither a Whisper size nor a path.",
        "en_hint": "Sizes: {known}. A path: models/hearing/demo.pt",
    },
    # languages
    "unknown_language": {
        "ko": "'{value}': 이 가게가 쓰는 언어가 아닙니다. 쓸 수 있는 언어: {known}.",
        "en": "'{value}' is not a language of this shop. Its languages: {known}.",
    },
    "own_language_missing": {
        "ko": "가게의 첫 언어 '{language}'로 쓴 글이 없습니다.",
        "en": "the text in the shop's own language '{language}' is missing.",
    },
}
