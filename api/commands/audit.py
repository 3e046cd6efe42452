"""Commands about the record: is it whole, and its head told outside."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.terminal import only_district, out
from gridsvc.errors import BadInput

app = typer.Typer(help="核验与锚定留痕记录。Check the record and anchor it.", no_args_is_help=True)

KeyFile = Annotated[Path, typer.Argument(help="私钥文件 private key (PEM)")]


@app.command()
def verify(
    anchors: Annotated[
        Path | None, typer.Option(help="库外保存的锚定文件 anchors kept outside")
    ] = None,
    public_key: Annotated[
        Path | None, typer.Option(help="核验锚定签名的公钥 public key of the anchors")
    ] = None,
) -> None:
    """核验记录链，指出第一处改动。Compute the chain again and name the first line that is wrong."""
    from gridsvc import anchors as told
    from gridsvc import db, record

    if (anchors is None) != (public_key is None):
        raise BadInput(
            zh="--anchors 与 --public-key 要一起给出。",
            en="--anchors and --public-key go together.",
        )
    known = []
    if anchors is not None and public_key is not None:
        known = told.read(_lines(anchors), told.public_key(public_key))
    with db.new_session() as session:
        verdict = record.verify(session, only_district(session), known)
    if verdict.fault:
        raise BadInput(zh=verdict.fault.words.zh, en=verdict.fault.words.en)
    out.print(
        f"记录完整：{verdict.lines:,}行，与{verdict.anchors}个锚定相符。\n"
        f"The record is whole: {verdict.lines:,} lines, {verdict.anchors} anchors hold."
    )


@app.command()
def key(path: KeyFile) -> None:
    """生成签名密钥。Make the key that signs anchors, and its public key beside it."""
    from gridsvc import anchors

    out.print(f"{path}\n{anchors.make_key(path)}", markup=False)


@app.command()
def anchor(
    path: KeyFile,
    file: Annotated[Path, typer.Argument(help="追加到此文件 append to this file")],
) -> None:
    """立即锚定一次。Sign the head of the record now and append it to a file."""
    from gridsvc import anchors, db, record
    from gridsvc.record import Anchor

    signing = anchors.private_key(path)
    with db.new_session() as session:
        district = only_district(session)
        head = record.head(session, district)
    if head is None:
        raise BadInput(zh="记录还是空的。", en="The record is empty as yet.")
    anchors.append(file, anchors.sign(signing, Anchor(district, datetime.now(UTC), head)))
    out.print(f"{file}: {district} {head.no:,} {head.hash.hex()[:16]}…", markup=False)


def _lines(path: Path) -> list[bytes]:
    try:
        return path.read_bytes().splitlines()
    except OSError as trouble:
        raise BadInput(
            zh=f"读不到{path}：{trouble.strerror}。", en=f"Cannot read {path}: {trouble.strerror}."
        ) from None
