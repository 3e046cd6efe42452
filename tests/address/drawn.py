"""A small district in a small nation, written down by hand."""

from functools import cache

from gridsvc.address.gazetteer import Gazetteer, Named, Plate, build
from gridsvc.address.hanging import Units
from gridsvc.geo import LonLat

NATION = [
    ("98", "图南省"),
    ("9801", "图州市"),
    ("9802", "远方市"),
    ("980101", "河东区"),
    ("980102", "邻水区"),
    ("980103", "石坪彝族自治县"),
    ("980201", "远山县"),
]
UNITS = """
980101 河东区
980101001 柳营街道
980101001001 柳营社区居民委员会
980101001001001 春城花园 12
980101001001002 云岭小区 5
980101001001003 云岭北半岛 2
980101001002 双桥社区
980101001002001 民航大院 8
980101001002002 春城花园 3
980101002 四〇三厂街道
980101002001 十里社区
980101002001001 上张家营 30
980101002001002 云领小区 2
980101002002 永胜路社区
980101002002001 永胜花苑二期 6
980101002002002 永胜花苑三期 6
980101003 图州经济技术开发区
980101003001 星海湾国际商贸城社区
"""
NAMED = [
    Named("alias", "柳营镇", "980101001", old=True),
    Named("alias", "机务段宿舍", "980101001002001", old=True),
    Named("alias", "老张家营", "980101002001001"),
    Named("alias", "B座", "9801010010010010002"),
    Named("poi", "十里小学", "980101002001", point=LonLat(102.5, 25.0)),
    Named("poi", "佳惠超市", "980101001001002", point=LonLat(102.1, 25.1)),
    Named("poi", "佳惠超市", "980101002002001", point=LonLat(102.2, 25.2)),
]
PLATES = [
    Plate("柳荫路", "2号", "9801010010010010001", LonLat(102.31, 25.01)),
    Plate("柳荫路", "4号", "9801010010010010003", LonLat(102.32, 25.01)),
    Plate("柳荫路", "4号附2号", "9801010010010010004"),
    Plate("柳荫路", "8-1号", "9801010010020010002"),
    Plate("柳荫路", "12号", "9801010010020010003"),
    Plate("环城东路中段", "215号", "9801010020020010001"),
    Plate("上张家营一巷", "3号", "9801010020010010017"),
]


@cache
def town() -> Gazetteer:
    """The district; its buildings are 1栋, 2栋 and so on, as many as its compounds say."""
    codes, names, levels = [], [], []
    for line in UNITS.split("\n"):
        code, _, rest = line.partition(" ")
        if code:
            name, _, count = rest.partition(" ")
            rows = [(code, name)]
            rows += [(f"{code}{n:04d}", f"{n}栋") for n in range(1, int(count or 0) + 1)]
            for one, called in rows:
                codes.append(one)
                names.append(called)
                levels.append({6: 1, 9: 2, 12: 3, 15: 4, 19: 5}[len(one)])
    row = {code: at for at, code in enumerate(codes)}
    above = {9: 6, 12: 9, 15: 12, 19: 15}
    parents = [row[code[: above[len(code)]]] if len(code) > 6 else -1 for code in codes]
    return build(Units(codes, names, levels, parents), NAMED, PLATES, NATION)
