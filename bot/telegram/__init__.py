"""The conversation in Telegram."""

import os

os.environ["PTB_TIMEDELTA"] = "1"  # python-telegram-bot gives durations as timedelta, as its next version always will.
