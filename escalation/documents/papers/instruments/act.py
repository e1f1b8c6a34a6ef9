"""What a draft is made from: the stage put forward, its texts, its form and the law of the week's last day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from escalation.documents.papers.contents import Subject
from escalation.documents.papers.forms import form_repealing
from escalation.documents.papers.instruments.contents import Passage
from escalation.documents.papers.instruments.phrases import FORMULAS
from escalation.documents.papers.instruments.words import listed
from escalation.evaluation.sentences import Speaker
from escalation.instruments import PACKS, Form, Pack, load_pack, on
from escalation.policy.draft import Clause, Draft
from escalation.policy.model import Policy, Stage
from escalation.policy.values import BothLanguages, Language
from escalation.policy.wording import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A stage with its texts, its form, and the evaluation that puts it forward; it speaks the language of the pack.

    A repeal is an act of the form of the stage left.
    """

    subject: Subject
    stage: Stage
    draft: Draft
    form: Form
    pack: Pack
    speaker: Speaker
    is_repeal: bool = False

    @property
    def policy(self) -> Policy:
        """The policy."""
        return self.speaker.policy

    @property
    def language(self) -> Language:
        """The language of the act."""
        return self.speaker.language

    @property
    def day(self) -> date:
        """The day whose law counts."""
        return self.subject.explanation.last_day

    def say(self, key: str, **filled: object) -> str:
        """Give a formula in the language of the act."""
        return phrase(FORMULAS, key, self.language, **filled)

    def text(self, wording: BothLanguages | None) -> str:
        """Give a text in the language of the act; the empty text for none."""
        return wording.in_language(self.language) if wording is not None else ""

    def passage(self, clause: Clause) -> Passage:
        """Give a text of the policy with its ends: points listed, or a full stop."""
        return self.listing(self.text(clause.text), clause)

    def listing(self, text: str, clause: Clause) -> Passage:
        """Give a text with the points of a clause."""
        points = [self.text(point) for point in clause.points or ()]
        if not points:
            return Passage(text=ended(text))
        return Passage(text=f"{capital(text).rstrip(' .:;')}:", points=listed(points, clause.joined, self.language))

    @property
    def region(self) -> str:
        """The name of the city or region that acts."""
        place = self.policy.jurisdiction
        return place.name if place is not None else self.subject.explanation.region

    @property
    def short(self) -> str:
        """The name of the region as it follows an office."""
        place = self.policy.jurisdiction
        return place.short or place.name if place is not None else self.region

    @property
    def seat(self) -> str:
        """Where the act is made."""
        place = self.policy.jurisdiction
        return place.seat or self.short if place is not None else self.region

    @property
    def within(self) -> str:
        """The province that the region lies in; the empty text where the policy does not say."""
        place = self.policy.jurisdiction
        return place.within or "" if place is not None else ""

    @property
    def kind(self) -> str:
        """What the act is called, without the region."""
        return self.text(self.form.title)

    @property
    def title(self) -> str:
        """What the act is called, with the region where its form says so."""
        return self.printed(self.text(self.form.act)) if self.form.act is not None else self.kind

    @property
    def office(self) -> str:
        """The office that signs; the empty text where neither the policy nor the pack says."""
        if self.draft.office is not None:
            return self.text(self.draft.office)
        signs = next(iter(on(self.form.signatory, self.day)), None)
        return self.printed(signs.value.printed or self.text(signs.value.office)) if signs is not None else ""

    def printed(self, pattern: str) -> str:
        """Put the names of the region into a pattern of the pack; a word that both have stands once."""
        return _placed(_placed(pattern, "{region}", self.region), "{short}", self.short)


def act_of(policy: Policy, subject: Subject) -> Act | None:
    """Give the act that a subject puts forward; none where it puts none forward, or the policy has no texts for it."""
    return _act(policy, subject, subject.proposed) if subject.proposed is not None else None


def repeal_of(policy: Policy, subject: Subject) -> Act | None:
    """Give the act that repeals the one in force, where a subject puts a milder stage forward and it is legislation."""
    if form_repealing(subject, policy) is None:
        return None
    act = _act(policy, subject, subject.explanation.stage)
    return replace(act, is_repeal=True) if act is not None else None


def _act(policy: Policy, subject: Subject, name: str) -> Act | None:
    if policy.instruments not in PACKS or policy.instruments is None:
        return None
    stage, pack = policy.stage(name), load_pack(policy.instruments)
    form = pack.forms.get(stage.instrument or "")
    if stage.draft is None or form is None:
        return None
    speaker = Speaker(policy, pack.language).on(subject.explanation.last_day)
    return Act(subject=subject, stage=stage, draft=stage.draft, form=form, pack=pack, speaker=speaker)


def _placed(pattern: str, mark: str, name: str) -> str:
    """Put a name in the place of a mark, without its first word where that stands before the mark.

    >>> _placed("Wali Kota {short}", "{short}", "Kota Bekasi"), _placed("Wali Kota {short}", "{short}", "Bekasi")
    ('Wali Kota Bekasi', 'Wali Kota Bekasi')
    """
    before, found, after = pattern.partition(mark)
    first, _, rest = name.partition(" ")
    if found and rest and before.split()[-1:] == [first]:
        name = rest
    return before + name + after if found else pattern


def capital(text: str) -> str:
    """Begin a sentence with a capital letter."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """Begin a sentence with a capital letter and end it with one full stop.

    >>> ended("setiap orang diajak mengikuti vaksinasi"), ended("So it is.")
    ('Setiap orang diajak mengikuti vaksinasi.', 'So it is.')
    """
    return capital(text).rstrip(" .;") + "."
