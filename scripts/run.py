"""The commands: one name each, in the words of the Makefile."""

import signal
from collections.abc import Callable

from scripts import cluster
from scripts.places import LOCAL, shown
from scripts.words import Failure, complain, say


def main(arguments: list[str]) -> int:
    """Run one command and say in one message what stopped it, if something did."""
    name, *rest = arguments or ["help"]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.default_int_handler)
    try:
        if name not in COMMANDS:
            raise Failure(
                f"可用命令：{'、'.join(COMMANDS)}", f"the commands are: {', '.join(COMMANDS)}"
            )
        LOCAL.mkdir(exist_ok=True)
        return COMMANDS[name](rest)
    except Failure as failure:
        complain(failure)
        return 1
    except KeyboardInterrupt:
        return 130


def _cluster(_: list[str]) -> int:
    print(cluster.start(keep=True).url)
    return 0


def _env(_: list[str]) -> int:
    cluster.start(keep=True)
    say(f"已写入 {shown(cluster.ENV)}", f"written to {shown(cluster.ENV)}")
    return 0


def _stop(_: list[str]) -> int:
    if not cluster.stop():
        say("没有正在运行的程序", "nothing was running")
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "cluster": _cluster,
    "env": _env,
    "stop": _stop,
}
