"""Recall notices: plain text for one customer, from frozen facts only.

What belongs here: putting facts into the phrases of the customer's language. What does not:
which deliveries are named, sending, and the printed page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from babel.dates import format_date

from provender.kit.quantities.display import write_number, write_quantity
from provender.kit.sentences import tell
from provender.trace.recall.errors import NoticeEmpty
from provender.trace.recall.model.notices import Notice, NoticeFacts, NoticeLine, RecallKind
from provender.trace.recall.rules.notice_phrases import ENGLISH, PHRASES_BY_LANGUAGE, Phrases

PRODUCTS_IN_SUBJECT: Final = 2
"""More product names make a subject that mail programs cut off."""

_DATE_LOCALES: Final = {"en": "en_GB"}
"""Our English is British: 3 March 2026."""


def write_notice(facts: NoticeFacts) -> Notice:
    """Return subject and body for one customer.

    A language we do not write falls back to English. Deliveries are named in order of product,
    batch, day; certain ones before possible ones. Texts from outside are put on one line each,
    so that a line break in a name can neither end a mail header nor look like our own words.

    Raises:
        NoticeEmpty: The customer received nothing.
    """
    if not facts.lines:
        raise NoticeEmpty(
            tell("%(name)s received nothing that this recall affects.", name=facts.customer_name),
            hint="Write to them by hand if you want them to know.",
        )
    phrases = PHRASES_BY_LANGUAGE.get(facts.language, ENGLISH)
    language = facts.language if facts.language in PHRASES_BY_LANGUAGE else "en"
    writer = _Writer(facts, phrases, language)
    return Notice(language=language, subject=writer.subject(), body=writer.body())


class _Writer:
    """The parts of one notice in one language."""

    def __init__(self, facts: NoticeFacts, phrases: Phrases, language: str) -> None:
        self.facts = facts
        self.phrases = phrases
        self.language = language
        self.maker = _one_line(facts.contact.maker_name)
        self.case = _one_line(facts.case_reference)

    def subject(self) -> str:
        names = sorted({_one_line(line.product_name) for line in self.facts.lines})
        products = self.phrases.product_separator.join(names[:PRODUCTS_IN_SUBJECT])
        if len(names) > PRODUCTS_IN_SUBJECT:
            count = write_number(len(names) - PRODUCTS_IN_SUBJECT, language=self.language)
            products += self.phrases.and_more.format(count=count)
        return self.phrases.subject[self.facts.kind].format(case=self.case, products=products)

    def body(self) -> str:
        paragraphs = [
            self.phrases.address.format(customer=_one_line(self.facts.customer_name)),
            self.phrases.opening[self.facts.kind].format(maker=self.maker),
            self.phrases.reason[self.facts.kind].format(reason=_clause(self.facts.reason)),
            *self._deliveries(),
            self._steps(),
            self._contact(),
            self.phrases.closing[self.facts.kind],
            self.phrases.signature.format(maker=self.maker, date=self._day(self.facts.issued_on)),
        ]
        if self.facts.kind is RecallKind.MOCK:
            paragraphs = [
                self.phrases.exercise_banner, *paragraphs, self.phrases.exercise_banner,
            ]  # fmt: skip
        return "\n\n".join(paragraphs) + "\n"

    def _deliveries(self) -> Iterable[str]:
        certain = [line for line in self.facts.lines if line.is_certain]
        possible = [line for line in self.facts.lines if not line.is_certain]
        if certain:
            yield self._list(self.phrases.certain_title, certain)
        if possible:
            yield self._list(self.phrases.possible_title, possible)

    def _list(self, title: str, lines: Sequence[NoticeLine]) -> str:
        return "\n".join([title, *(self._line(line) for line in sorted(lines, key=_order_of))])

    def _line(self, line: NoticeLine) -> str:
        phrases = self.phrases
        return phrases.line.format(
            product=_one_line(line.product_name),
            batch=phrases.batch.format(code=_one_line(line.batch_code)) if line.batch_code else phrases.batch_unknown,
            best_before=phrases.best_before.format(date=self._day(line.best_before_on)) if line.best_before_on else "",
            quantity=write_quantity(line.quantity, line.base_unit, language=self.language),
            shipped=phrases.shipped.format(date=self._day(line.shipped_on)) if line.shipped_on else phrases.not_shipped,
            order=phrases.order.format(reference=_one_line(line.order_reference)) if line.order_reference else "",
        )

    def _steps(self) -> str:
        steps = self.phrases.steps[self.facts.kind]
        return "\n".join(
            [
                self.phrases.steps_title[self.facts.kind],
                *(self.phrases.step_number.format(number=number) + step for number, step in enumerate(steps, start=1)),
            ]
        )

    def _contact(self) -> str:
        contact = self.facts.contact
        telephone = self.phrases.telephone.format(telephone=_one_line(contact.telephone)) if contact.telephone else ""
        return self.phrases.contact.format(
            person=_one_line(contact.person_name),
            email=_one_line(contact.email),
            telephone=telephone,
            case=self.case,
        )

    def _day(self, day: date) -> str:
        return _write_day(day, self.language)


@lru_cache(maxsize=4096)
def _write_day(day: date, language: str) -> str:
    return format_date(day, format="long", locale=_DATE_LOCALES.get(language, language))


def _order_of(line: NoticeLine) -> tuple[str, str, date, str]:
    return (
        line.product_name,
        line.batch_code or "",
        line.shipped_on or date.max,
        line.order_reference or "",
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _clause(reason: str) -> str:
    return _one_line(reason).rstrip(" .。")
