# The bot as an image: installed in one stage, copied into a small one, run by somebody who owns nothing but the data.

FROM python:3.11-slim AS installed
WORKDIR /project
RUN python -m venv /venv
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY index index
COPY bot bot
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt .

FROM python:3.11-slim
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin bot \
    && install --directory --owner=bot --group=bot --mode=0700 /data /backups \
    && install --directory --mode=0755 /documents
COPY --from=installed /venv /venv
COPY seeds /documents
ENV PATH="/venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    DOCUMENTS_DIR=/documents \
    DATA_DIR=/data
USER bot
WORKDIR /data
VOLUME ["/data", "/backups"]
STOPSIGNAL SIGTERM
# The first start reads every document, which may take minutes.
HEALTHCHECK --interval=1m --timeout=20s --start-period=15m --retries=3 CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["telegram"]
