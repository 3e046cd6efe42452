#!/bin/sh
# Finds a Python new enough to run scripts/, installing Debian's where it is missing.
set -eu
cd "$(dirname "$0")/.."

fits() {
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

for python in python3 /usr/bin/python3 python3.13 python3.12 python3.11; do
    if fits "$python"; then exec "$python" -m scripts "$@"; fi
done

as_root=
if [ "$(id -u)" -ne 0 ]; then as_root="sudo -n"; fi
if [ -z "$as_root" ] || sudo -n true 2>/dev/null; then
    echo "▸ 安装 Python | installing Python"
    $as_root apt-get update -qq
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends python3 python3-venv
    if fits /usr/bin/python3; then exec /usr/bin/python3 -m scripts "$@"; fi
fi

cat >&2 <<'END'
✗ 需要 Python 3.11 或更新版本，请先运行：
    sudo apt-get update && sudo apt-get install -y python3 python3-venv
  Python 3.11 or newer is needed: run the command above, then try again.
END
exit 1
