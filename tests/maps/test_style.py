"""The map's style document is complete, speaks both languages and asks nothing of the outside."""

import json
import re
from typing import Any

import pytest

from maps import style as styles

LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module", params=LANGUAGES)
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    return styles.style(request.param, 7)


def metadata(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [layer["metadata"] for layer in document["layers"] if "metadata" in layer]


def test_it_is_a_style_whose_layers_draw_from_its_sources(document: dict[str, Any]) -> None:
    assert document["version"] == 8
    assert "glyphs" not in document, "glyphs are drawn from installed fonts"
    names = [layer["id"] for layer in document["layers"]]
    assert len(names) == len(set(names))
    for layer in document["layers"]:
        if layer["type"] == "background":
            continue
        source = document["sources"][layer["source"]]
        assert ("source-layer" in layer) == (source["type"] == "vector"), layer["id"]
        assert layer.get("minzoom", 0) >= source.get("minzoom", 0) or layer["id"] in {
            "coverage-none",
            "coverage-class",
            "response-none",
            "response-class",
        }, layer["id"]


def test_features_are_known_by_their_codes(document: dict[str, Any]) -> None:
    sources = document["sources"]
    for name in ("district", "street", "community", "compound", "building", "facility"):
        assert sources[name]["promoteId"] == "code"
    assert sources["case"]["promoteId"] == "case_no"


def test_tiles_are_those_of_the_edition(document: dict[str, Any]) -> None:
    for source in document["sources"].values():
        for url in source.get("tiles", []):
            assert url.endswith("/{z}/{x}/{y}.mvt?edition=7")


def test_nothing_is_fetched_from_outside(document: dict[str, Any]) -> None:
    assert not re.search(r"https?://|//[a-z]", json.dumps(document))
    elsewhere = styles.style("zh", 1, "https://grid.example")
    tiles = [url for source in elsewhere["sources"].values() for url in source.get("tiles", [])]
    assert tiles and all(url.startswith("https://grid.example/tiles/") for url in tiles)


def test_every_group_has_a_legend_and_a_title_in_both_languages(document: dict[str, Any]) -> None:
    groups = metadata(document)
    assert {"grid.street", "facility", "case", "count", "theme.coverage", "theme.response"} <= {
        one["gridsvc:group"] for one in groups
    }
    for one in groups:
        said = [one["gridsvc:title"], *(item["label"] for item in one["gridsvc:legend"])]
        assert one["gridsvc:legend"], one["gridsvc:group"]
        assert all(words[lang].strip() for words in said for lang in LANGUAGES)


def test_layers_of_a_group_agree_on_switch_and_legend(document: dict[str, Any]) -> None:
    shared = ("gridsvc:title", "gridsvc:legend", "gridsvc:on")
    seen: dict[str, list[Any]] = {}
    for one in metadata(document):
        parts = [one[key] for key in shared]
        assert seen.setdefault(one["gridsvc:group"], parts) == parts


def test_what_can_be_clicked_says_what_it_opens(document: dict[str, Any]) -> None:
    for one in metadata(document):
        assert one["gridsvc:clickable"] == (one.get("gridsvc:opens") is not None)
    assert {one.get("gridsvc:opens") for one in metadata(document)} >= {"unit", "case", "facility"}


def test_parents_are_named_before_children_and_cases_lie_on_top(document: dict[str, Any]) -> None:
    names = [layer["id"] for layer in document["layers"]]
    order = [f"{code}-label" for code, *_ in reversed(styles.LEVELS)]
    assert [name for name in names if name in order] == order, "the last layer is placed first"
    assert names.index("case") > names.index("district-label")


def test_a_theme_draws_as_many_classes_as_its_limits_make(document: dict[str, Any]) -> None:
    for name, _, _, limits, _ in styles.THEMES:
        (layer,) = (one for one in document["layers"] if one["id"] == f"{name}-class")
        assert limits == sorted(set(limits))
        # One swatch a class, and one for no data.
        assert len(layer["metadata"]["gridsvc:legend"]) == len(limits) + 2
        assert len(layer["paint"]["fill-color"][3:]) // 2 == len(limits) + 1


def test_the_language_changes_what_is_printed_only() -> None:
    zh, en = (styles.style(lang, 1) for lang in LANGUAGES)
    assert [layer["id"] for layer in zh["layers"]] == [layer["id"] for layer in en["layers"]]
    assert "超期" in json.dumps(zh["layers"], ensure_ascii=False).replace('"zh": "超期"', "")
    assert "late " in json.dumps(en["layers"])
