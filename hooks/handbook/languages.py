"""Languages: where the readers' own begin on the site, and the names of all by BCP 47 tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.findings import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.models import Language

# The folder that each of the readers' languages has on the site.
HOMES: Mapping[Language, str] = {"zh": "", "en": "en/"}
# The readers' languages, as what a text is written in.
WRITTEN: Mapping[Language, Words] = {
    "zh": Words("中文", "Chinese"),
    "en": Words("英文", "English"),
}

_NAMES: Mapping[str, tuple[str, str]] = {
    "ar": ("阿拉伯语", "Arabic"),
    "cs": ("捷克语", "Czech"),
    "de": ("德语", "German"),
    "en": ("英语", "English"),
    "es": ("西班牙语", "Spanish"),
    "fr": ("法语", "French"),
    "hi": ("印地语", "Hindi"),
    "it": ("意大利语", "Italian"),
    "ja": ("日语", "Japanese"),
    "nl": ("荷兰语", "Dutch"),
    "pl": ("波兰语", "Polish"),
    "pt": ("葡萄牙语", "Portuguese"),
    "pt-BR": ("巴西葡萄牙语", "Brazilian Portuguese"),
    "sv": ("瑞典语", "Swedish"),
    "tr": ("土耳其语", "Turkish"),
    "zh": ("中文", "Chinese"),
    "zh-CN": ("简体中文", "Simplified Chinese"),
    "zh-TW": ("繁体中文", "Traditional Chinese"),
}


def language_name(tag: str, language: Language) -> str:
    """The name of a language for the reader; an unknown tag is shown as it is."""
    names = _NAMES.get(tag) or _NAMES.get(tag.partition("-")[0])
    if names is None:
        return tag
    return names[0] if language == "zh" else names[1]
