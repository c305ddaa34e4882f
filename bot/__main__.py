"""``python -m bot``: opens the conversation, in Telegram where there is a token, else in the terminal; and sees to its data."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.settings import SettingsError, read_data_folder, read_settings
from bot.texts import TEXTS

_PRIVATE = 0o077
"""What nobody but the owner may do with files that are made: anything."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the settings and do what is asked.

    Returns:
        The exit status: 0, 1 where it could not go on, 2 for a wrong setting, 130 after Ctrl-C.
    """
    asked = _parser().parse_args(arguments)
    os.umask(_PRIVATE)
    try:
        return _see_to_data(asked) if asked.command in {"backup", "restore", "health"} else _open(asked.command)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _open(face: str | None) -> int:
    """Open a face. Only that one is loaded, and only with good settings."""
    settings = read_settings()
    try:
        if face == "telegram" or (face is None and settings.telegram.token):
            from bot.telegram.running import run  # noqa: PLC0415
        else:
            from bot.console import run  # noqa: PLC0415

        return run(settings)
    except KeyboardInterrupt:
        return _interrupted(TEXTS[settings.language].stopped)


def _see_to_data(asked: argparse.Namespace) -> int:
    from bot.backups import run_backup, run_restore  # noqa: PLC0415  # The faces do without.
    from bot.heartbeat import run_health  # noqa: PLC0415

    data, language = read_data_folder()
    try:
        if asked.command == "health":
            return run_health(data, TEXTS[language])
        if asked.command == "backup":
            return run_backup(data, asked.file, TEXTS[language])
        return run_restore(asked.file, data, TEXTS[language], replace=asked.replace)
    except KeyboardInterrupt:
        return _interrupted(TEXTS[language].stopped_here)


def _interrupted(said: str) -> int:
    sys.stderr.write(f"\n{said}\n")
    return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="Hỏi đáp trên một thư mục tài liệu tiếng Việt. / Ask a folder of Vietnamese documents.",
        epilog="Thiết lập: xem .env.example. / Settings: see .env.example.",
    )
    commands = parser.add_subparsers(dest="command", metavar="LỆNH / COMMAND")
    commands.add_parser(
        "telegram", help="bot Telegram, mặc định khi có token / the Telegram bot, by default where there is a token"
    )
    commands.add_parser("console", help="trò chuyện trong cửa sổ dòng lệnh / a conversation in the terminal")
    commands.add_parser("health", help="bot Telegram có đang chạy không / whether the Telegram bot is running")
    backup = commands.add_parser(
        "backup",
        help="sao lưu thư mục dữ liệu, cả khi bot đang chạy / back up the data folder, also while the bot runs",
    )
    backup.add_argument("file", type=Path, metavar="TỆP / FILE")
    restore = commands.add_parser(
        "restore", help="khôi phục từ bản sao lưu khi bot đã dừng / put a backup back while the bot does not run"
    )
    restore.add_argument("file", type=Path, metavar="TỆP / FILE")
    restore.add_argument(
        "--replace",
        action="store_true",
        help="thay dữ liệu đang có, và cất riêng / in the place of the data there, which are kept aside",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
