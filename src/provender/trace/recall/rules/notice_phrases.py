"""The words of a recall notice in English, German and Japanese.

What belongs here: sentences. German addresses the reader as Sie, Japanese as a business
partner. Braces are filled by `notices`; texts of other people are never read as patterns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from provender.trace.recall.model.notices import RecallKind


@dataclass(frozen=True, slots=True)
class Phrases:
    """Everything a notice says in one language.

    Attributes:
        subject: Per kind; takes case, products.
        opening: Per kind, after the address; takes maker.
        steps: Per kind, in order of urgency.
        line: Takes product, batch, best_before, quantity, shipped, order.
    """

    address: str
    subject: dict[RecallKind, str]
    opening: dict[RecallKind, str]
    reason: dict[RecallKind, str]
    certain_title: str
    possible_title: str
    line: str
    batch: str
    batch_unknown: str
    best_before: str
    shipped: str
    not_shipped: str
    order: str
    steps_title: dict[RecallKind, str]
    steps: dict[RecallKind, tuple[str, ...]]
    step_number: str
    contact: str
    telephone: str
    closing: dict[RecallKind, str]
    signature: str
    product_separator: str
    and_more: str
    exercise_banner: str


_ENGLISH_STEPS: Final = (
    "Stop selling these goods at once and take them off the shelf.",
    "Keep them apart and mark them, so that nobody sells or eats them by mistake.",
    "Tell us for each batch how much you still hold, even if it is nothing.",
    "Please do not destroy or return anything before we have agreed with you how.",
    "If you passed goods on to other businesses, tell them, and tell us whom.",
)

ENGLISH: Final = Phrases(
    address="To {customer}",
    subject={
        RecallKind.REAL: "Recall {case}: please stop selling {products}",
        RecallKind.WITHDRAWAL: "Withdrawal {case}: please stop selling {products}",
        RecallKind.MOCK: "EXERCISE – recall {case}: please tell us what you hold of {products}",
    },
    opening={
        RecallKind.REAL: "We, {maker}, are recalling goods that we supplied to you.",
        RecallKind.WITHDRAWAL: (
            "We, {maker}, are withdrawing goods that we supplied to you. To our knowledge they "
            "have not been sold to consumers."
        ),
        RecallKind.MOCK: (
            "We, {maker}, are testing how fast we can trace our goods. Nothing is wrong with them: this is an exercise."
        ),
    },
    reason={
        RecallKind.REAL: "Reason: {reason}.",
        RecallKind.WITHDRAWAL: "Reason: {reason}.",
        RecallKind.MOCK: "Reason assumed for the exercise: {reason}.",
    },
    certain_title="Goods concerned",
    possible_title="Goods that may be concerned; please treat them in the same way",
    line="- {product}, {batch}{best_before}: {quantity}, {shipped}{order}",
    batch="batch {code}",
    batch_unknown="batch not recorded (every batch of this product you have from this delivery)",
    best_before=", best before {date}",
    shipped="shipped on {date}",
    not_shipped="date of shipment not recorded",
    order=" (your order {reference})",
    steps_title={
        RecallKind.REAL: "What we ask you to do now",
        RecallKind.WITHDRAWAL: "What we ask you to do now",
        RecallKind.MOCK: "What we ask you to do for this exercise",
    },
    steps={
        RecallKind.REAL: _ENGLISH_STEPS,
        RecallKind.WITHDRAWAL: _ENGLISH_STEPS,
        RecallKind.MOCK: (
            "Go on selling: this is an exercise, and nothing is to be taken off the shelf.",
            "Tell us for each batch how much you still hold, even if it is nothing.",
        ),
    },
    step_number="{number}. ",
    contact="Please answer to {person}, {email}{telephone}, and name {case}.",
    telephone=", telephone {telephone}",
    closing={
        RecallKind.REAL: "We apologise for the trouble this causes you, and thank you for your help.",
        RecallKind.WITHDRAWAL: ("We apologise for the trouble this causes you, and thank you for your help."),
        RecallKind.MOCK: "Thank you for taking part in this exercise.",
    },
    signature="{maker}, {date}",
    product_separator=", ",
    and_more=" and {count} more",
    exercise_banner="*** EXERCISE – NOT A REAL RECALL ***",
)

_GERMAN_STEPS: Final = (
    "Stoppen Sie sofort den Verkauf dieser Ware und nehmen Sie sie aus dem Regal.",
    "Lagern Sie die Ware getrennt und gekennzeichnet, damit niemand sie versehentlich verkauft oder verzehrt.",
    "Teilen Sie uns für jede Charge mit, wie viel Sie noch vorrätig haben, auch wenn nichts mehr da ist.",
    "Bitte vernichten Sie nichts und senden Sie nichts zurück, bevor wir das mit Ihnen abgesprochen haben.",
    "Falls Sie Ware an andere Betriebe weitergegeben haben, informieren Sie diese bitte und nennen Sie sie uns.",
)

GERMAN: Final = Phrases(
    address="An {customer}",
    subject={
        RecallKind.REAL: "Rückruf {case}: Bitte stoppen Sie den Verkauf von {products}",
        RecallKind.WITHDRAWAL: "Rücknahme {case}: Bitte stoppen Sie den Verkauf von {products}",
        RecallKind.MOCK: "ÜBUNG – Rückruf {case}: Bitte melden Sie uns Ihren Bestand an {products}",
    },
    opening={
        RecallKind.REAL: (
            "Sehr geehrte Damen und Herren,\n\nwir, {maker}, rufen Ware zurück, die wir Ihnen geliefert haben."
        ),
        RecallKind.WITHDRAWAL: (
            "Sehr geehrte Damen und Herren,\n\nwir, {maker}, nehmen Ware zurück, die wir Ihnen "
            "geliefert haben. Nach unserer Kenntnis ist sie noch nicht an Verbraucher verkauft "
            "worden."
        ),
        RecallKind.MOCK: (
            "Sehr geehrte Damen und Herren,\n\nwir, {maker}, prüfen, wie schnell wir unsere Ware "
            "rückverfolgen können. Die Ware ist einwandfrei: Dies ist eine Übung."
        ),
    },
    reason={
        RecallKind.REAL: "Grund: {reason}.",
        RecallKind.WITHDRAWAL: "Grund: {reason}.",
        RecallKind.MOCK: "Für die Übung angenommener Grund: {reason}.",
    },
    certain_title="Betroffene Ware",
    possible_title="Möglicherweise betroffene Ware; bitte behandeln Sie sie ebenso",
    line="- {product}, {batch}{best_before}: {quantity}, {shipped}{order}",
    batch="Charge {code}",
    batch_unknown="Charge nicht erfasst (alle Chargen dieses Produkts aus dieser Lieferung)",
    best_before=", mindestens haltbar bis {date}",
    shipped="versandt am {date}",
    not_shipped="Versanddatum nicht erfasst",
    order=" (Ihre Bestellung {reference})",
    steps_title={
        RecallKind.REAL: "Darum bitten wir Sie jetzt",
        RecallKind.WITHDRAWAL: "Darum bitten wir Sie jetzt",
        RecallKind.MOCK: "Darum bitten wir Sie für diese Übung",
    },
    steps={
        RecallKind.REAL: _GERMAN_STEPS,
        RecallKind.WITHDRAWAL: _GERMAN_STEPS,
        RecallKind.MOCK: (
            "Verkaufen Sie weiter: Dies ist eine Übung, nichts muss aus dem Regal genommen werden.",
            "Teilen Sie uns für jede Charge mit, wie viel Sie noch vorrätig haben, auch wenn nichts mehr da ist.",
        ),
    },
    step_number="{number}. ",
    contact="Bitte antworten Sie unter Angabe von {case} an {person}, {email}{telephone}.",
    telephone=", Telefon {telephone}",
    closing={
        RecallKind.REAL: ("Wir bitten um Entschuldigung für die Umstände und danken Ihnen für Ihre Hilfe."),
        RecallKind.WITHDRAWAL: ("Wir bitten um Entschuldigung für die Umstände und danken Ihnen für Ihre Hilfe."),
        RecallKind.MOCK: "Vielen Dank, dass Sie sich an dieser Übung beteiligen.",
    },
    signature="Mit freundlichen Grüßen\n{maker}, {date}",
    product_separator=", ",
    and_more=" und {count} weiteren Produkten",
    exercise_banner="*** ÜBUNG – KEIN ECHTER RÜCKRUF ***",
)

_JAPANESE_STEPS: Final = (
    "該当商品の販売を直ちに中止し、売り場から撤去してくださいますようお願いいたします。",
    "誤って販売または喫食されることのないよう、該当商品である旨を表示のうえ、他の商品と分けて保管してください。",
    "ロットごとの在庫数量をお知らせください。在庫がない場合も、その旨をご連絡くださいますようお願いいたします。",
    "返送または廃棄の方法は別途ご相談させていただきますので、それまでは返送や廃棄をなさらないようお願いいたします。",
    "該当商品を他の事業者様へ販売または譲渡された場合は、先方へご連絡のうえ、弊社にもその旨をお知らせください。",
)

JAPANESE: Final = Phrases(
    address="{customer} 御中",
    subject={
        RecallKind.REAL: "【重要】{products}の自主回収に関するお願い（{case}）",
        RecallKind.WITHDRAWAL: "【重要】{products}の撤去に関するお願い（{case}）",
        RecallKind.MOCK: "【訓練】{products}の在庫数量ご連絡のお願い（回収訓練 {case}）",
    },
    opening={
        RecallKind.REAL: (
            "平素より格別のお引き立てを賜り、厚く御礼申し上げます。\n"
            "このたび{maker}では、貴社にお納めした下記の商品を自主回収することといたしました。"
        ),
        RecallKind.WITHDRAWAL: (
            "平素より格別のお引き立てを賜り、厚く御礼申し上げます。\n"
            "このたび{maker}では、貴社にお納めした下記の商品を引き取らせていただくことといたしました。"
            "なお、現時点で消費者の皆様への販売は確認されておりません。"
        ),
        RecallKind.MOCK: (
            "平素より格別のお引き立てを賜り、厚く御礼申し上げます。\n"
            "{maker}では、商品の追跡に要する時間を確認するため、回収訓練を実施しております。"
            "商品に問題はございません。本状は訓練です。"
        ),
    },
    reason={
        RecallKind.REAL: "回収の理由：{reason}",
        RecallKind.WITHDRAWAL: "撤去の理由：{reason}",
        RecallKind.MOCK: "訓練上の想定理由：{reason}",
    },
    certain_title="対象商品",
    possible_title="対象の可能性がある商品（対象商品と同様のお取り扱いをお願いいたします）",
    line="・{product}　{batch}{best_before}　{quantity}　{shipped}{order}",
    batch="ロット番号：{code}",
    batch_unknown="ロット番号：記録なし（当該納品分のすべてのロットが対象です）",
    best_before="　賞味期限：{date}",
    shipped="出荷日：{date}",
    not_shipped="出荷日：記録なし",
    order="（貴社ご注文番号：{reference}）",
    steps_title={
        RecallKind.REAL: "お願いしたい事項",
        RecallKind.WITHDRAWAL: "お願いしたい事項",
        RecallKind.MOCK: "訓練としてお願いしたい事項",
    },
    steps={
        RecallKind.REAL: _JAPANESE_STEPS,
        RecallKind.WITHDRAWAL: _JAPANESE_STEPS,
        RecallKind.MOCK: (
            "訓練ですので、販売はそのままお続けください。売り場から撤去していただく必要はございません。",
            "ロットごとの在庫数量をお知らせください。在庫がない場合も、その旨をご連絡くださいますようお願いいたします。",
        ),
    },
    step_number="{number}. ",
    contact="ご連絡先：{person}　{email}{telephone}\nご連絡の際は、案件番号 {case} をお知らせください。",
    telephone="　電話 {telephone}",
    closing={
        RecallKind.REAL: (
            "多大なるご迷惑をおかけしますことを深くお詫び申し上げますとともに、ご協力を賜りますようお願い申し上げます。"
        ),
        RecallKind.WITHDRAWAL: (
            "多大なるご迷惑をおかけしますことを深くお詫び申し上げますとともに、ご協力を賜りますようお願い申し上げます。"
        ),
        RecallKind.MOCK: "お忙しいところ恐れ入りますが、訓練へのご協力をお願い申し上げます。",
    },
    signature="{date}\n{maker}",
    product_separator="、",
    and_more="ほか{count}点",
    exercise_banner="【訓練】本状は訓練であり、実際の回収ではありません。",
)

PHRASES_BY_LANGUAGE: Final = {"en": ENGLISH, "de": GERMAN, "ja": JAPANESE}
