"""A whole handbook in miniature: every kind of page, record and message once, and nothing wrong.

Tests that need content write it into a folder of their own, change one thing, and look at what
follows. Line numbers are stable: each value stands on a line of its own.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

INDEX_ZH = """\
---
title: 首页
description: 从这里开始。
topics: []
fulfilment: [any]
reviewed: 2026-11-30
review_in: 3
owner: editors
---

先看[退款](refund.zh.md#why)。

/// start
///
"""

INDEX_EN = """\
---
title: Home
description: Start here.
topics: []
fulfilment: [any]
reviewed: 2026-11-30
review_in: 3
owner: editors
---

Read about [refunds](refund.en.md#why) first.

/// start
///
"""

REFUND_ZH = """\
---
title: 退款
description: 谁来退款。
topics: [refund]
fulfilment: [fba]
reviewed: 2026-11-30
review_in: 3
owner: customer-service
---

/// answer | 结论

不要手动退款。[^help-refund]

///

## 为什么 { #why topics="refund" }

请买家打开[联系页](store:US)。

## 怎么回 { #reply }

/// message | hello
///
"""

REFUND_EN = """\
---
title: Refund
description: Who refunds.
topics: [refund]
fulfilment: [fba]
reviewed: 2026-11-30
review_in: 3
owner: customer-service
---

/// answer | In short

Refund nothing by hand.[^help-refund]

///

## Why { #why topics="refund" }

Send the buyer to the [contact page](store:US).

## What to reply { #reply }

/// message | hello
///
"""

MESSAGES_ZH = """\
---
title: 消息库
description: 所有消息。
topics: [templates]
fulfilment: [any]
reviewed: 2026-11-30
review_in: 6
owner: customer-service
---

/// message-list | hello
///
"""

MESSAGES_EN = """\
---
title: Messages
description: All messages.
topics: [templates]
fulfilment: [any]
reviewed: 2026-11-30
review_in: 6
owner: customer-service
---

/// message-list | hello
///
"""

HELLO = """\
---
title:
  zh: 问候
  en: Greeting
situation: wrong-item
stage: first-reply
fulfilment:
  - fba
recipient: buyer
use_when:
  zh: 第一次回信
  en: the first reply
not_when:
  zh: 已经回过信
  en: you have replied before
if_answered:
  zh: 问主管
  en: ask your lead
placeholders:
  - order_id
reviewed: 2026-11-30
native_read:
  - en
---

## en

Hello,

this is about order {order_id}.

## zh

您好。

这是关于订单 {order_id} 的消息。
"""

SOURCES = """\
help-refund:
  title:
    zh: 退款帮助
    en: Refund help
  status: official
  publisher: Amazon
  url: https://sellercentral.amazon.com/help/refund
  dated: 2024-05
  checked: 2026-11-01

guide:
  title:
    zh: 卖家指南
    en: Sellers' guide
  status: reported
  publisher: Example Guides
  read_as: copy
  note:
    zh: 不是亚马逊写的
    en: Amazon did not write it
  checked: 2026-11-02

ours:
  title:
    zh: 我们的结论
    en: Our conclusion
  status: derived
  from:
    - help-refund
    - guide
  note:
    zh: 两处说法一致
    en: both say the same
  checked: 2026-11-03

nobody-knows:
  title:
    zh: 按钮的名字
    en: Name of the button
  status: unknown
  note:
    zh: 没有查到
    en: not found
  checked: 2026-11-04

spapi-marketplaces:
  title:
    zh: 站点编号表
    en: Marketplace ids
  status: official
  publisher: Amazon
  checked: 2026-11-05

unknown-phones:
  title:
    zh: 其他电话
    en: Other numbers
  status: unknown
  note:
    zh: 没有查到
    en: not found
  checked: 2026-11-06
"""

STORES = """\
US:
  name:
    zh: 美国站
    en: United States
  country: US
  domain: amazon.com
  marketplace_id: ATVPDKIKX0DER
  seller_central: sellercentral.amazon.com
  languages:
    - en-US
    - es-US
  contact:
    url: https://www.amazon.com/contact-us
    status: confirmed
    source: help-refund
    checked: 2026-11-01
  phones:
    - id: us-toll-free
      e164: "+18005550100"
      display: 1-800-555-0100
      status: confirmed
      callable_from:
        zh: 美国
        en: United States
      hours:
        zh: 全天
        en: all day
      source: help-refund
      checked: 2026-11-01
    - id: us-abroad
      e164: "+12065550100"
      display: +1 206 555 0100
      status: reported
      callable_from:
        zh: 其他国家
        en: other countries
      hours: null
      source: guide
      checked: 2026-11-02
  claim_windows: us

SE:
  name:
    zh: 瑞典站
    en: Sweden
  country: SE
  domain: amazon.se
  marketplace_id: A2NODRKZP88ZB9
  seller_central: sellercentral.amazon.se
  languages:
    - sv
  contact:
    url: null
    status: unknown
    source: nobody-knows
    checked: 2026-11-04
  phones: []
  claim_windows: others
  note:
    zh: 没有查到多少
    en: little is known
  note_source: guide
"""

CLAIM_WINDOWS = """\
us:
  title:
    zh: 美国
    en: USA
  since: 2024-10-23
  windows:
    customer-return:
      from_days: 60
      to_days: 120
      counted_from:
        zh: 退款之日
        en: the refund
      status: confirmed
      source: help-refund
      checked: 2026-11-01
    warehouse:
      from_days: 0
      to_days: 60
      counted_from: null
      status: reported
      source: guide
      checked: 2026-11-02
    removal-lost:
      from_days: null
      to_days: null
      counted_from: null
      status: unknown
      source: nobody-knows
      checked: 2026-11-04
    removal-other:
      from_days: null
      to_days: null
      counted_from: null
      status: unknown
      source: nobody-knows
      checked: 2026-11-04

others:
  title:
    zh: 其他
    en: Others
  since: null
  note:
    zh: 到后台核对
    en: check in Seller Central
  windows:
    customer-return:
      from_days: null
      to_days: null
      counted_from: null
      status: unknown
      source: nobody-knows
      checked: 2026-11-04
    warehouse:
      from_days: null
      to_days: null
      counted_from: null
      status: unknown
      source: nobody-knows
      checked: 2026-11-04
    removal-lost:
      from_days: null
      to_days: null
      counted_from: null
      status: unknown
      source: nobody-knows
      checked: 2026-11-04
    removal-other:
      from_days: null
      to_days: null
      counted_from: null
      status: unknown
      source: nobody-knows
      checked: 2026-11-04
"""

DO_NOT_USE = """\
old-line:
  display: 1-800-555-0199
  e164: "+18005550199"
  told_as:
    zh: 客服电话
    en: customer service
  why:
    zh: 早就停用
    en: closed long ago
  source: guide
  checked: 2026-11-02
"""

TERMS = """\
removal-order:
  zh: 移除订单
  en: Removal order
  also:
    - 弃置
    - removal
  label: ui
  meaning:
    zh: 把库存拿回来。
    en: Getting stock back.
  see: refund#why
  source: help-refund
  avoid:
    - 撤货单

buyer:
  zh: 买家
  en: Buyer
  also: []
  label: common
  meaning:
    zh: 买东西的人。
    en: Who buys.
"""

TOPICS = """\
refund:
  zh: 退款
  en: Refunds
  questions:
    zh: [谁退款, 能退钱吗]
templates:
  zh: 消息库
  en: Message library
  questions:
    en: [a text to copy]
"""

PLACEHOLDERS = """\
order_id:
  type: order-id
  label:
    zh: 订单编号
    en: Order ID
  example: 123-1234567-1234567
"""

LINK_EXCLUSIONS = """\
examples:
  host: example.com
  reason:
    zh: 举例用的地址
    en: an address for examples
"""

CHANGES = """\
- id: windows-2024
  date: 2026-11-20
  effective: 2024-10-23
  title:
    zh: 时限变短
    en: Shorter windows
  was:
    zh: 十八个月
    en: eighteen months
  now:
    zh: 六十天
    en: sixty days
  pages:
    - refund#why
    - index
  sources:
    - help-refund

- id: first-edition
  date: 2026-11-30
  title:
    zh: 第一版
    en: First edition
  now:
    zh: 手册上线
    en: the handbook is there
  pages:
    - index
  sources: []
"""

SITUATIONS = """\
- fulfilment: fba
  title:
    zh: 亚马逊配送
    en: Fulfilled by Amazon
  hint:
    zh: 亚马逊发货
    en: Amazon ships
  lead:
    zh: 售后归亚马逊
    en: Amazon serves the buyer
  situations:
    - title:
        zh: 买家要退款
        en: Buyer wants a refund
      page: refund#why

- fulfilment: unsure
  title:
    zh: 不确定
    en: Not sure
  hint:
    zh: 先查订单
    en: look at the order
  lead:
    zh: 先弄清楚
    en: find out first
  situations:
    - title:
        zh: 怎么回信
        en: What to reply
      page: refund
"""

# What the blocks of a message link to; no test needs it but those that build the site.
RULES = """\
---
title: {title}
description: {title}
topics: []
fulfilment: [any]
reviewed: 2026-11-30
review_in: 6
owner: editors
---

/// message-rules
///
"""

NAVIGATION = """
nav:
  - index.md
  - refund.md
  - messages.md
  - rules.md
"""

FILES: Mapping[str, str] = {
    "docs/index.zh.md": INDEX_ZH,
    "docs/index.en.md": INDEX_EN,
    "docs/refund.zh.md": REFUND_ZH,
    "docs/refund.en.md": REFUND_EN,
    "docs/messages.zh.md": MESSAGES_ZH,
    "docs/messages.en.md": MESSAGES_EN,
    "docs/_messages/hello.md": HELLO,
    "docs/_data/sources.yml": SOURCES,
    "docs/_data/stores.yml": STORES,
    "docs/_data/claim-windows.yml": CLAIM_WINDOWS,
    "docs/_data/do-not-use.yml": DO_NOT_USE,
    "docs/_data/terms.yml": TERMS,
    "docs/_data/topics.yml": TOPICS,
    "docs/_data/placeholders.yml": PLACEHOLDERS,
    "docs/_data/link-exclusions.yml": LINK_EXCLUSIONS,
    "docs/_data/changes.yml": CHANGES,
    "docs/_data/situations.yml": SITUATIONS,
}


def minisite(folder: Path) -> Path:
    """Write a complete and valid content root into a folder; gives the root."""
    for path, text in FILES.items():
        write(folder, path, text)
    return folder


def buildable(folder: Path, project: Path) -> Path:
    """The same, with the configuration, templates and code of a project, so that it builds."""
    minisite(folder)
    write(folder, "docs/rules.zh.md", RULES.format(title="规则"))
    write(folder, "docs/rules.en.md", RULES.format(title="Rules"))
    for name in ("overrides", "hooks"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(project / name, folder / name, ignore=ignored)
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    write(folder, "mkdocs.yml", config.partition("\nnav:\n")[0] + NAVIGATION)
    return folder


def write(root: Path, path: str, text: str) -> None:
    """Write a file of a root, whose folders are made if need be."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def replace(root: Path, path: str, old: str, new: str) -> None:
    """Replace a text that stands in a file exactly once."""
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path}: {text.count(old)} times {old!r}"
    write(root, path, text.replace(old, new))
