"""The words and patterns by which Korean names days."""

import re

NEAR_DAYS = {
    "오늘": 0, "금일": 0, "내일": 1, "낼": 1, "명일": 1, "내일모레": 2, "낼모레": 2, "모레": 2, "모래": 2,
    "글피": 3, "그글피": 4,
    "어제": -1, "어저께": -1, "그저께": -2, "그제": -2, "엊그제": -2, "그끄저께": -3, "그끄제": -3,
}  # fmt: skip
COUNTED_DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9,
    "열흘": 10, "보름": 15,
    "일주일": 7, "이주일": 14, "한 주": 7, "두 주": 14, "한주": 7, "두주": 14,
}  # fmt: skip
FEASTS = {
    "크리스마스이브": "christmas_eve", "성탄절이브": "christmas_eve", "크리스마스": "christmas",
    "성탄절": "christmas",
    "신정": "new_year", "새해첫날": "new_year", "설날": "seollal", "구정": "seollal", "추석": "chuseok",
    "한가위": "chuseok",
    "어린이날": "childrens_day", "어버이날": "parents_day", "스승의날": "teachers_day", "석가탄신일": "buddha",
    "부처님오신날": "buddha", "초파일": "buddha", "현충일": "memorial_day", "광복절": "liberation_day",
    "개천절": "foundation_day", "한글날": "hangeul_day", "삼일절": "march_first", "제헌절": "constitution_day",
    "발렌타인데이": "valentine", "밸런타인데이": "valentine", "화이트데이": "white_day", "빼빼로데이": "pepero_day",
    "할로윈": "halloween", "핼러윈": "halloween", "근로자의날": "labour_day", "노동절": "labour_day",
}  # fmt: skip
ORDINALS = {
    "첫째": 1, "첫 번째": 1, "첫번째": 1, "첫": 1, "둘째": 2, "두 번째": 2, "두번째": 2, "셋째": 3, "세 번째": 3,
    "세번째": 3,
    "넷째": 4, "네 번째": 4, "네번째": 4, "다섯째": 5, "마지막": -1, "1째": 1, "2째": 2, "3째": 3, "4째": 4,
}  # fmt: skip
WEEKDAYS = "월화수목금토일"
WEEKS_AHEAD = {
    "이번": 0, "요번": 0, "금": 0, "이": 0, "다음": 1, "담": 1, "다다음": 2, "다담": 2, "다음다음": 2, "지난": -1,
    "저번": -1, "지지난": -2, "돌아오는": 0, "오는": 0, "차": 1,
}  # fmt: skip
MONTHS_AHEAD = {"이번": 0, "요번": 0, "이": 0, "다음": 1, "담": 1, "다다음": 2, "지난": -1, "저번": -1}
WEEK = r"(다다음|다음다음|다음|다담|담|이번|요번|금|지지난|지난|저번|돌아오는|오는|(?<![가-힣])이)"
WEEKDAY = r"(?:([월화수목금토일])(?:요일|욜)날?|(?<![가-힣])([월화수목금토일])욜?(?=날))"
NOT_WEEK = r"(?!문|차|말|소|방|세|시|실|셔|인|류|스|로|변|무|제|도|요|중에 한)"
ISO = re.compile(r"(?<!\d)(\d{4}) ?([-./]) ?(\d{1,2}) ?\2 ?(\d{1,2})(?!\d)")
SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")
WEEKDAY_BEHIND = re.compile(r" ?(?:에|의)? ?([월화수목금토일])(?:요일|욜)")
NTH_WEEK = re.compile(
    rf"(?:{WEEK} ?달 ?|내달 ?)?({'|'.join(sorted(ORDINALS, key=len, reverse=True))}) ?주? "
    r"?([월화수목금토일])(?:요일|욜)"
)
WEEK_AND_DAY = re.compile(rf"{WEEK} ?(주)?의? ?([월화수목금토일])(?:요일|욜)(?:날)?")
WEEKDAY_ALONE = re.compile(r"([월화수목금토일])(?:요일|욜)(?:날)?")
WEEKEND = re.compile(rf"(?:{WEEK} ?(?:주 ?)?)?주말(?!농장)")
WHOLE_WEEK = re.compile(rf"{WEEK} ?주(?:간|중)?{NOT_WEEK}")
MONTH_PART = re.compile(rf"(?:{WEEK} ?달|내달) ?(초|중순|하순|말일|말)?")
NEAR = re.compile(
    r"(내일 ?모레|낼모레|그끄저께|그끄제|그저께|어저께|엊그제|그글피|오늘(?!의)|금일|내일"
    r"|(?<![가-힣])낼(?![가-힣]*세)|명일|모레|(?<![가-힣])모래(?=[에요 ]|$)|글피"
    r"|어제|(?<![가-힣])그제(?!서야|야))"
)
LATER = re.compile(r" ?(?:정도 ?|쯤 ?)?(뒤|후|있다가|이따가?|지나서|전)(?!쟁|문|화|기|체|부)")
COUNTED = re.compile(rf"(?<![가-힣])({'|'.join(sorted(COUNTED_DAYS, key=len, reverse=True))})(?!문|세|말|차|소|방)")
_SPELT = [" ?".join(name) if len(name) > 3 else name for name in sorted(FEASTS, key=len, reverse=True)]
FEAST = re.compile(
    rf"({'|'.join(_SPELT)}"
    r"|(?<![가-힣])설(?= ?(?:당일|연휴|전날|다음|에|은|엔|때|명절)))(?: ?(연휴|당일|전날|다음 ?날|이튿날"
    r"|이브))?(?! ?케이크| ?선물| ?세트)"
)
SUBSTITUTE = re.compile(r"대체 ?(?:공휴일|휴일)")
MONTH_END = re.compile(r"(?<![가-힣])(?:월말|말일)")
YEAR_WORD = re.compile(r"(올해|금년|내년|명년|후년|내후년|작년) ?(?:의 ?)?$")
YEARS = {"올해": 0, "금년": 0, "내년": 1, "명년": 1, "후년": 2, "내후년": 2, "작년": -1}
SPECIAL_MONTHS = re.compile(r"(?<![가-힣])(유월|시월)(?=[ 에부까이요]|$)")
FROM_TO = re.compile(r" ?(?:부터|에서|~|-) ?")
UNTIL = re.compile(r" ?(?:까지|사이)(?=에|요|[^가-힣]|$|는|만|도)")
SPACE = re.compile(r"[ ,]{0,2}")
DAY_FOLLOWERS = re.compile(
    r"(?=[^가-힣]|$|에|날|이[요에고라나]|예요|로|까지|부터|쯤|저녁|점심|오전|오후|아침|밤|새벽|은|도|인데"
    r"|입|엔|월|화|수|목|금|토|일)"
)
