# The image is built by the same scripts as `make`: a change there is a change here.
FROM node:24-bookworm AS console
WORKDIR /app
COPY scripts scripts
COPY maps/console maps/console
RUN python3 -m scripts console

FROM python:3.11-slim-bookworm AS service
WORKDIR /app
COPY pyproject.toml uv.lock README.md ./
COPY scripts scripts
COPY gridsvc gridsvc
COPY geodata geodata
COPY maps maps
COPY api api
RUN python3 -m scripts service-env && rm -rf .local

FROM python:3.11-slim-bookworm
# Documents are set in Noto Sans CJK; without it they are refused, not printed as boxes.
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 gridsvc \
    && useradd --uid 10001 --gid gridsvc --no-create-home --shell /usr/sbin/nologin gridsvc \
    && install -d -o gridsvc -g gridsvc -m 0750 /var/lib/gridsvc/photos
WORKDIR /app
COPY --from=service /app /app
COPY --from=console /app/maps/console/dist /app/maps/console/dist
COPY deploy/healthy.py deploy/healthy.py
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib
USER 10001:10001
EXPOSE 8000
CMD ["gridsvc", "serve", "--host", "0.0.0.0", "--port", "8000"]
