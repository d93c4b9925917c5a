"""Pages of a handbook that has grown: other subjects of a seller's work, in both languages.

They are made from lists of words by their number, so that each run makes the same.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from minisite import write

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.models import Language

_SUBJECTS: dict[Language, list[str]] = {
    "zh": """广告投放 头程运输 报关资料 增值税申报 品牌备案 选品调研 图片拍摄 定价策略
    促销活动 优惠券设置 竞品分析 关键词整理 账户安全 收款账户 仓储费用 库存周转 补货计划
    包装设计 说明书 合规认证 保险购买 团队排班 绩效考核 供应商管理 样品检测 装箱清单
    海运订舱 空运时效 尾程配送 数据报表""".split(),
    "en": """advertising freight customs taxation branding sourcing photography pricing promotions
    coupons competitors keywords security payouts storage turnover restocking packaging manuals
    compliance insurance rosters appraisal suppliers sampling packing shipping airfreight delivery
    reporting""".split(),
}
_PARTS: dict[Language, list[str]] = {
    "zh": "准备 检查 设置 记录 复盘 常见错误".split(),
    "en": "Preparation Checks Settings Records Review Mistakes".split(),
}
_SENTENCES: dict[Language, list[str]] = {
    "zh": [
        "{subject}由运营在卖家后台完成，第 {number} 周复核一次。",
        "FBA 和自发货的做法不同，先看清楚是哪一种再做{part}。",
        "亚马逊会改页面的位置，找不到时问主管，不要猜。",
        "每个站点的{subject}分开登记，编号写 {code}。",
        "买家不会看到这一步，但是做错了要多花 {number} 天。",
        "把{part}的结果发给客服，别让他们再问一遍。",
        "费用从账户余额里扣，{subject}的单据留 {number} 个月。",
    ],
    "en": [
        "Operations do the {subject} in Seller Central and review it in week {number}.",
        "FBA and seller-fulfilled stock differ here: find out which it is before the {part}.",
        "Amazon moves its pages; ask your lead if you cannot find one, and do not guess.",
        "Each store keeps its own {subject} under the code {code}.",
        "Buyers never see this step, yet a mistake costs {number} days.",
        "Send the outcome of the {part} to customer service so that nobody asks again.",
        "Fees come out of the balance; keep the papers of the {subject} for {number} months.",
    ],
}
_PAGE = """\
---
title: {title}
description: {title}
topics: []
fulfilment: [any]
reviewed: 2026-11-30
review_in: 6
owner: operations
---

{body}
"""


def write_many_pages(root: Path, count: int) -> None:
    """Write so many page pairs below a root; they are not in the navigation.

    Their names begin with `many-`.
    """
    for number in range(count):
        for language in _SUBJECTS:
            text = _page(number, language)
            write(root, f"docs/many-{number:04}.{language}.md", text)


def _page(number: int, language: Language) -> str:
    chance = random.Random(number)  # noqa: S311 - which sentence comes next is no secret
    subject = _SUBJECTS[language][number % len(_SUBJECTS[language])]
    code = f"{number:04}"
    colon, gap = (" ", "") if language == "zh" else (" ", " ")

    def paragraph(part: str) -> str:
        sentences = chance.sample(_SENTENCES[language], 5)
        return gap.join(
            sentence.format(
                subject=subject, part=part.lower(), number=chance.randint(2, 30), code=code
            )
            for sentence in sentences
        )

    body = "\n\n".join(
        f"## {subject}{colon}{part} {{ #part-{place} }}\n\n{paragraph(part)}\n\n{paragraph(part)}"
        for place, part in enumerate(_PARTS[language])
    )
    return _PAGE.format(title=f"{subject} {code}", body=f"{paragraph('')}\n\n{body}")
