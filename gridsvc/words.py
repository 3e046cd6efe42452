"""One phrase in both languages of the service."""

from typing import NamedTuple

from gridsvc.errors import Lang


class Words(NamedTuple):
    """Chinese first, English second."""

    zh: str
    en: str

    def say(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    @property
    def both(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}
