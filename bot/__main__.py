"""``python -m bot``: opens the conversation, in Telegram where there is a token, else in the terminal."""

import argparse
import sys
from collections.abc import Sequence

from bot.settings import SettingsError, read_settings
from bot.texts import TEXTS


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the settings and open a face.

    Returns:
        The exit status: 0, 1 where it could not go on, 2 for a wrong setting, 130 after Ctrl-C.
    """
    face = _parser().parse_args(arguments).face
    try:
        settings = read_settings()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    try:
        # Only the face that is opened is loaded, and only with good settings.
        if face == "telegram" or (face is None and settings.telegram.token):
            from bot.telegram.running import run  # noqa: PLC0415
        else:
            from bot.console import run  # noqa: PLC0415

        return run(settings)
    except KeyboardInterrupt:
        sys.stderr.write(f"\n{TEXTS[settings.language].stopped}\n")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="Hỏi đáp trên một thư mục tài liệu tiếng Việt. / Ask a folder of Vietnamese documents.",
        epilog="Thiết lập: xem .env.example. / Settings: see .env.example.",
    )
    parser.add_argument(
        "face",
        nargs="?",
        choices=["telegram", "console"],
        help="telegram: bot Telegram, mặc định khi có token / the Telegram bot, by default where there is a token; "
        "console: trò chuyện trong cửa sổ dòng lệnh / a conversation in the terminal",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
