"""What `assistant check` says, in Korean and English: (what was found, what to do about it)."""

from collections.abc import Mapping

Said = Mapping[str, tuple[str, str]]

CHECK_MESSAGES: Mapping[str, Said] = {
    "mistake": {"ko": ("{text}", ""), "en": ("{text}", "")},
    "config_read": {
        "ko": ("설정과 가게 {count}곳을 읽었습니다: {names}", ""),
        "en": ("the settings and {count} shops were read: {names}", ""),
    },
    "shop_off": {
        "ko": ("{file}: 고칠 때까지 이 가게 전화는 받지 못합니다.", "위에 적힌 곳을 고쳐 주세요."),
        "en": (
            "{file}: this shop's calls cannot be answered until it is corrected.",
            "Correct the places named above.",
        ),
    },
    "no_shop": {
        "ko": ("전화를 받을 가게가 하나도 없습니다.", "config.yaml의 shops와 가게 파일을 고쳐 주세요."),
        "en": ("there is no shop to answer for.", "Correct `shops` in config.yaml and the shop files."),
    },
    "no_number": {
        "ko": ("{shop}: 전화번호(numbers)가 없어 전화가 오지 않습니다.", "손님이 거는 번호를 써 주세요."),
        "en": ("{shop}: it has no number, so no call reaches it.", "Write under `numbers` what customers dial."),
    },
    "not_recorded": {
        "ko": (
            "{shop}: 통화 녹음이 켜져 있지만 Twilio 가 알아듣는 통화는 소리가 여기로 오지 않아 녹음하지 않습니다.",
            "녹음하려면 twilio.mode 를 stream 으로, hearing.engine 을 whisper 로 써 주세요. "
            "이대로면 녹음한다고 알리지도 않습니다.",
        ),
        "en": (
            "{shop}: calls are to be recorded, but what Twilio hears does not come here as sound, so none is.",
            "Set twilio.mode to stream and hearing.engine to whisper. As it is, callers are not told of a recording.",
        ),
    },
    "no_pin": {
        "ko": (
            "{shop}: 사장님 비밀번호가 없어 문을 닫거나 번호를 막는 지시는 전화로 받지 않습니다.",
            "환경 변수 OWNER_PIN 이나 가게 파일의 owner.pin_file 로 숫자 네 자리를 정해 주세요.",
        ),
        "en": (
            "{shop}: the owner has no PIN, so no order to close or to block is taken by telephone.",
            "Set four digits in OWNER_PIN, or in the file that owner.pin_file names.",
        ),
    },
    "nobody_to_reach": {
        "ko": (
            "{shop}: 사람을 찾는 손님을 연결할 번호(transfer_to)가 없습니다.",
            "이대로면 메모를 받고 다시 전화드린다고 약속합니다.",
        ),
        "en": (
            "{shop}: there is no number (transfer_to) for callers who want a person.",
            "As it is, a message is taken and a callback promised.",
        ),
    },
    "untranslated": {
        "ko": (
            "{shop}: {other} 글이 없는 곳이 {count}군데 있습니다: {names}",
            "그 손님은 가게의 첫 언어로 듣습니다.",
        ),
        "en": (
            "{shop}: {count} texts are missing in {other}: {names}",
            "Those callers hear them in the shop's own language.",
        ),
    },
    "allergens_unknown": {
        "ko": (
            "{shop}: 알레르기 성분을 모르는 메뉴가 {count}가지입니다: {names}",
            "물어보는 손님에게는 주방에 확인해 봐야 한다고 말합니다. 없으면 allergens: 없음 이라고 써 주세요.",
        ),
        "en": (
            "{shop}: allergens are not given for {count} dishes: {names}",
            "Callers hear that the kitchen must be asked. Write `allergens: none` where there are none.",
        ),
    },
    "hearing_ready": {
        "ko": ("음성 인식 모델이 있습니다: {model} ({size} MB)", ""),
        "en": ("the speech model is here: {model} ({size} MB)", ""),
    },
    "hearing_by_twilio": {
        "ko": ("음성은 Twilio가 알아듣습니다.", ""),
        "en": ("speech is heard by Twilio's own recogniser.", ""),
    },
    "hearing_to_download": {
        "ko": (
            "Whisper {model} 모델이 아직 없습니다({size} MB).",
            "처음 켤 때 내려받습니다. 미리 받으려면: {command}  받지 못하면 Twilio가 대신 알아듣습니다.",
        ),
        "en": (
            "the Whisper model {model} is not here yet ({size} MB).",
            "It is downloaded at the first start, or now with: {command}  Without it Twilio's recogniser is used.",
        ),
    },
    "hearing_missing": {
        "ko": (
            "음성 인식 모델 파일이 없습니다: {model}",
            "경로를 고치거나 hearing.model 을 small 로 써 주세요. 그때까지는 Twilio가 대신 알아듣습니다.",
        ),
        "en": (
            "there is no speech model at {model}",
            "Correct the path, or set hearing.model to small. Until then Twilio's recogniser is used.",
        ),
    },
    "hearing_demo": {
        "ko": (
            "시연용 모델입니다. 합성 음성만 알아듣고 진짜 손님 말은 알아듣지 못합니다.",
            "hearing.model 을 small 이나 turbo 로 바꿔 주세요.",
        ),
        "en": (
            "this is the demo's model: it understands synthetic voices, not real callers.",
            "Set hearing.model to small or turbo.",
        ),
    },
    "voice_activity_missing": {
        "ko": (
            "말의 시작과 끝을 가리는 모델이 없습니다: models/silero_vad",
            "프로그램에 딸린 파일이니 저장소에서 다시 받아 주세요.",
        ),
        "en": (
            "the model that hears where speech begins and ends is missing: models/silero_vad",
            "It comes with the program: take it from the repository again.",
        ),
    },
    "memory_short": {
        "ko": (
            "메모리가 모자랄 수 있습니다: {model} {workers}개에 {needed} MB, 이 기계는 {memory} MB.",
            "더 작은 모델을 고르거나 hearing.workers 를 줄여 주세요.",
        ),
        "en": (
            "memory may be short: {workers} × {model} takes {needed} MB, this machine has {memory} MB.",
            "Choose a smaller model, or fewer hearing.workers.",
        ),
    },
    "no_gpu": {
        "ko": (
            "hearing.device 가 cuda 인데 그래픽 카드를 찾지 못했습니다.",
            "auto 로 바꾸거나 드라이버를 확인해 주세요.",
        ),
        "en": ("hearing.device is cuda, but no GPU was found.", "Set it to auto, or check the driver."),
    },
    "package_missing": {
        "ko": ("파이썬 패키지가 없습니다: {package}", "설치: {command}"),
        "en": ("a Python package is missing: {package}", "Install it with: {command}"),
    },
    "understanding_ready": {
        "ko": ("손님 말의 뜻을 가리는 모델이 있습니다.", ""),
        "en": ("the model that tells what callers want is here.", ""),
    },
    "understanding_missing": {
        "ko": ("뜻을 가리는 모델이 없습니다: {folder}", "낱말로만 알아듣습니다. 다시 만들려면: assistant train"),
        "en": (
            "the model that tells what callers want is missing: {folder}",
            "Words alone are used. Rebuild it with: assistant train",
        ),
    },
    "voice_ready": {
        "ko": ("목소리가 있습니다: espeak-ng {voice}", ""),
        "en": ("the voice is here: espeak-ng {voice}", ""),
    },
    "voice_missing": {
        "ko": ("espeak-ng 에 없는 목소리입니다: {voice}", "speaking.voice 를 고쳐 주세요: {known}"),
        "en": ("espeak-ng has no voice {voice}", "Correct speaking.voice: {known}"),
    },
    "twilio_unused": {
        "ko": (
            "Twilio 설정이 없어 진짜 전화는 받지 않습니다.",
            "assistant demo 와 assistant call 은 됩니다. 전화를 받으려면 twilio 와 server.public_url 을 채워 주세요.",
        ),
        "en": (
            "Twilio is not set up, so no real call comes in.",
            "`assistant demo` and `assistant call` work. For real calls fill in twilio and server.public_url.",
        ),
    },
    "texts_no_token": {
        "ko": (
            "문자를 Twilio 로 보내게 되어 있지만 Auth Token 이 없어 아무 문자도 가지 않습니다.",
            "환경 변수 TWILIO_AUTH_TOKEN 을 정하거나 followups.texts 를 off 로 바꿔 주세요.",
        ),
        "en": (
            "texts are to go by Twilio, but there is no auth token, so none goes.",
            "Set TWILIO_AUTH_TOKEN, or write `off` under followups.texts.",
        ),
    },
    "followups_on": {
        "ko": ("통화 뒤에 보냅니다: {ways}", ""),
        "en": ("after a call these go out: {ways}", ""),
    },
    "followups_off": {
        "ko": ("통화 뒤에 문자나 알림을 보내지 않습니다(followups 가 모두 off).", ""),
        "en": ("nothing goes out after a call (followups are all off).", ""),
    },
    "twilio_no_token": {
        "ko": (
            "Twilio Auth Token 이 없습니다. 요청이 정말 Twilio에서 왔는지 확인할 수 없어 모두 403 으로 거절합니다.",
            "Twilio Console 첫 화면의 Auth Token 을 환경 변수 TWILIO_AUTH_TOKEN 이나 "
            "twilio.auth_token_file 에 넣어 주세요.",
        ),
        "en": (
            "there is no Twilio auth token. Forged requests could not be told from Twilio's: all are refused with 403.",
            "Put the Auth Token from the Console's first page into TWILIO_AUTH_TOKEN or a twilio.auth_token_file.",
        ),
    },
    "twilio_no_url": {
        "ko": (
            "server.public_url 이 비어 있습니다. 서명을 확인할 주소를 몰라 Twilio의 요청을 모두 403 으로 거절합니다.",
            "https 주소를 써 주세요. 예: https://phone.example.com",
        ),
        "en": (
            "server.public_url is empty. Signatures cover the address Twilio calls: all requests get 403.",
            "Write the https address, such as https://phone.example.com",
        ),
    },
    "twilio_ready": {
        "ko": (
            "Twilio 요청을 받습니다: {url}",
            "Console 의 번호마다 이 주소들을 넣어 주세요. 전화: {url}/twilio/voice, "
            "Primary handler fails: {url}/twilio/fallback, Call status changes: {url}/twilio/status",
        ),
        "en": (
            "Twilio's requests are accepted: {url}",
            "Give every number these addresses in the Console. A call comes in: {url}/twilio/voice, "
            "primary handler fails: {url}/twilio/fallback, call status changes: {url}/twilio/status",
        ),
    },
    "port_free": {"ko": ("포트 {port}번을 쓸 수 있습니다.", ""), "en": ("port {port} is free.", "")},
    "port_taken": {
        "ko": (
            "{host} 의 포트 {port}번을 쓸 수 없습니다({reason}).",
            "assistant 가 이미 켜져 있다면 괜찮습니다. 아니면 server.port 를 바꿔 주세요.",
        ),
        "en": (
            "port {port} on {host} cannot be used ({reason}).",
            "This is fine if the assistant is already running; otherwise change server.port.",
        ),
    },
    "page_open_to_all": {
        "ko": (
            "{host} 로 열면 다른 기계에서도 사장님 화면에 들어올 수 있는데 비밀번호가 없습니다.",
            "환경 변수 OWNER_PASSWORD 나 owner.password_file 을 정하거나, server.host 를 127.0.0.1 로 써 주세요.",
        ),
        "en": (
            "on {host} other machines reach the owner's page, and there is no password.",
            "Set OWNER_PASSWORD or owner.password_file, or set server.host to 127.0.0.1.",
        ),
    },
    "data_ready": {
        "ko": ("기록 폴더에 쓸 수 있습니다: {folder} (남은 자리 {free} MB)", ""),
        "en": ("the data folder can be written: {folder} ({free} MB free)", ""),
    },
    "data_not_writable": {
        "ko": ("기록 폴더에 쓸 수 없습니다: {folder} ({reason})", "폴더의 권한을 고치거나 data 를 바꿔 주세요."),
        "en": ("the data folder cannot be written: {folder} ({reason})", "Change its permissions, or `data`."),
    },
    "disk_full": {
        "ko": (
            "디스크가 거의 찼습니다: {folder} 에 {free} MB 남았습니다.",
            "파일을 지워 자리를 만들어 주세요(200 MB 넘게).",
        ),
        "en": ("the disk is nearly full: {free} MB left in {folder}.", "Make room, more than 200 MB."),
    },
    "disk_low": {
        "ko": ("디스크 자리가 적습니다: {folder} 에 {free} MB 남았습니다.", "곧 자리를 만들어 주세요."),
        "en": ("disk space is low: {free} MB left in {folder}.", "Make room soon."),
    },
    "clock": {"ko": ("가게 시계: {now}", ""), "en": ("the shop's clock: {now}", "")},
    "clock_wrong": {
        "ko": ("기계의 시계가 {now} 입니다.", "날짜와 시각을 맞춰 주세요. 예약 날짜가 틀어집니다."),
        "en": ("this machine's clock says {now}.", "Set its date and time, or bookings land on wrong days."),
    },
    "holidays_end": {
        "ko": ("공휴일은 {year}년까지만 압니다.", "프로그램을 새 판으로 바꿔 주세요."),
        "en": ("holidays are known up to {year} only.", "Update the program."),
    },
}
