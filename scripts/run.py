"""The commands: one name each, in the words of the Makefile."""

import os
import pwd
import signal
from collections.abc import Callable
from types import FrameType

from scripts import checks, cluster, console, demo, described, locks, python_env, system
from scripts.places import LOCAL, shown
from scripts.words import Failure, complain, say

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(arguments: list[str]) -> int:
    """Run one command and say in one message what stopped it, if something did."""
    name = arguments[0] if len(arguments) == 1 else ""
    for number in SIGNALS:
        signal.signal(number, _interrupt)
    try:
        if name not in COMMANDS:
            raise Failure(
                f"可用命令：{'、'.join(COMMANDS)}", f"the commands are: {', '.join(COMMANDS)}"
            )
        _check_ours()
        return COMMANDS[name]()
    except Failure as failure:
        complain(failure)
        return 1
    except KeyboardInterrupt:
        say("已中断", "interrupted")
        return 130


def _interrupt(_: int, __: FrameType | None) -> None:
    """End the command once; what is sent while it cleans up must not stop the cleaning."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _check_ours() -> None:
    """Refuse to mix two users' files in one checkout."""
    LOCAL.mkdir(exist_ok=True)
    maker = LOCAL.stat().st_uid
    if maker != os.geteuid():
        name = pwd.getpwuid(maker).pw_name
        raise Failure(
            f".local/ 由用户 {name} 建立：请用该用户运行 make，或由其删除 .local/",
            f".local/ was made by {name}: run make as that user, or let them remove .local/",
        )


def _system() -> int:
    system.ensure(system.FOR_TESTS)
    return 0


def _python_env() -> int:
    with locks.set_up():
        python_env.ensure()
    return 0


def _service_env() -> int:
    with locks.set_up():
        python_env.ensure(dev=False)
    return 0


def _console() -> int:
    with locks.set_up():
        console.ensure()
    return 0


def _api() -> int:
    with locks.set_up():
        python_env.ensure()
        described.write()
    return 0


def _cluster() -> int:
    print(cluster.start(keep=True).url)
    return 0


def _env() -> int:
    cluster.start(keep=True)
    say(f"已写入 {shown(cluster.ENV)}", f"written to {shown(cluster.ENV)}")
    return 0


def _stop() -> int:
    demo.stop()
    return 0


COMMANDS: dict[str, Callable[[], int]] = {
    "demo": demo.run,
    "stop": _stop,
    "reset": demo.reset,
    "test": lambda: checks.run(static=False),
    "check": lambda: checks.run(static=True),
    "fmt": checks.fmt,
    "bench": checks.bench,
    "system": _system,
    "python-env": _python_env,
    "service-env": _service_env,
    "console": _console,
    "api": _api,
    "cluster": _cluster,
    "env": _env,
}
