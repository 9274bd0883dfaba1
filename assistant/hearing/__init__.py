"""Sound to words: where the caller's turns begin and end, and what was said in them.

`listening` finds the turns of one call (voice activity, end of turn, sound placed by its timestamps), `whisper` and
`faster_whisper` turn one of them into words, `pool` shares a recogniser between all calls. Nothing here knows a
shop, a telephone company or a conversation.
"""
