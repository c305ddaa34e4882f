"""The questions of the last days as a picture that can be read on a phone."""

import asyncio
import io
import threading
from typing import TYPE_CHECKING

from bot.replies import QuestionChart
from bot.texts import TEXTS, Language, Texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INCHES, _DOTS = (9.0, 9.6), 120
"""Size, and dots an inch: 1,080 dots across, as a phone is wide."""
_MARGIN = 0.2
"""Inches around each panel."""
_TEXT, _SMALL = 17, 14
"""Points; a phone shows the picture at about a third of its size, where this is as large as a message."""
_ANSWERED, _UNANSWERED, _SLOWEST = "#2f7ed8", "#f4a259", "#6a4c93"
_INK, _FAINT = "#222222", "#d9d9d9"
_DAYS_APART = 7
_ROOM_ABOVE = 1.15
"""Of the highest bar, so that nothing touches the title."""

_drawing = threading.Lock()
"""The library draws one picture at a time: its fonts are shared."""


async def draw(chart: QuestionChart, language: Language) -> bytes:
    """The chart as a PNG image: a bar a day, answered and not, and below it the slowest reply of each day."""
    return await asyncio.to_thread(_drawn, chart, TEXTS[language])


def _drawn(chart: QuestionChart, texts: Texts) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415  # It takes a second to load.
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415

    with _drawing:
        figure = Figure(
            figsize=_INCHES, dpi=_DOTS, facecolor="white", layout=ConstrainedLayoutEngine(w_pad=_MARGIN, h_pad=_MARGIN)
        )
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=(2, 1))
        _draw_questions(above, chart, texts)
        _draw_slowest(below, chart, texts)
        image = io.BytesIO()
        FigureCanvasAgg(figure)
        figure.savefig(image, format="png")
    return image.getvalue()


def _draw_questions(axes: "Axes", chart: QuestionChart, texts: Texts) -> None:
    places = range(len(chart.days))
    answered = [day.answered for day in chart.days]
    others = [day.questions - day.answered for day in chart.days]
    axes.bar(places, answered, color=_ANSWERED, label=texts.chart_answered)
    axes.bar(places, others, bottom=answered, color=_UNANSWERED, label=texts.chart_unanswered)
    axes.set_title(texts.chart_title(chart.questions, chart.share), fontsize=_TEXT + 4, color=_INK, loc="left", pad=44)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=2,
        frameon=False,
        fontsize=_SMALL,
        borderpad=0,
        borderaxespad=0.6,
        handlelength=1,
    )
    _dress(axes, max((day.questions for day in chart.days), default=0))


def _draw_slowest(axes: "Axes", chart: QuestionChart, texts: Texts) -> None:
    places = [place for place, day in enumerate(chart.days) if day.questions]
    axes.bar(places, [chart.days[place].slowest for place in places], color=_SLOWEST)
    axes.set_title(texts.chart_slowest, fontsize=_TEXT, color=_INK, loc="left")
    _dress(axes, max((day.slowest for day in chart.days), default=0.0))
    ticks = range(len(chart.days) - 1, -1, -_DAYS_APART)
    axes.set_xticks(list(ticks), [f"{chart.days[place].day.day}/{chart.days[place].day.month}" for place in ticks])


def _dress(axes: "Axes", highest: float) -> None:
    """Give a panel faint lines across, large numbers, and no frame."""
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    axes.margins(x=0.01)
    axes.set_ylim(0, (highest or 1) * _ROOM_ABOVE)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=highest > 4))
    axes.grid(axis="y", color=_FAINT)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=_SMALL, labelcolor=_INK)
    for spine in axes.spines.values():
        spine.set_visible(False)
