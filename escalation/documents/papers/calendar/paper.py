"""The checklist and calendar as a paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from escalation.documents.charts.canvas import require
from escalation.documents.charts.frame import Frame
from escalation.documents.charts.gantt import Bar, Gantt, Range
from escalation.documents.layout.render import compose
from escalation.documents.layout.sheet import OFFICE
from escalation.documents.layout.tree import Paper
from escalation.documents.papers.calendar.contents import CalendarContext, Row
from escalation.documents.papers.calendar.phrases import HEADINGS, SENTENCES
from escalation.documents.papers.calendar.way import Limit, Milestone, Part, Way, way
from escalation.documents.papers.charts import picture
from escalation.documents.papers.contents import Subject
from escalation.documents.papers.daysoff import counted, workdays
from escalation.documents.papers.forms import form_left, form_of, form_taken
from escalation.documents.papers.marks import SHORT, marks
from escalation.documents.papers.phrases import SENTENCES as WORDS
from escalation.documents.papers.starting import too_early
from escalation.documents.papers.study import prepared
from escalation.evaluation.sentences import Speaker
from escalation.instruments import Certainty, Fact, load_pack
from escalation.instruments.citing import cited
from escalation.observations import Observations
from escalation.policy.model import Policy
from escalation.policy.values import BothLanguages, Language
from escalation.policy.wording import day, phrase


def begun(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def way_of(policy: Policy, subject: Subject) -> Way | None:
    """Give the way to the act put forward; none where there is none, or the policy names no legal form for it."""
    form = form_taken(subject, policy)
    return way(form, subject.start, workdays(policy)) if form is not None else None


def calendar(
    policy: Policy,
    observations: Observations,
    subject: Subject,
    *,
    language: Language,
    made_with: tuple[tuple[str, str], ...] = (),
    has_picture: bool = False,
    templates: Path | None = None,
) -> Paper | None:
    """Compose the calendar of the act put forward; none where there is no such act.

    `made_with` as in `marks`, `templates` as in `compose`.
    """
    found = context(policy, observations, subject, language, made_with=made_with, has_picture=has_picture)
    if found is None:
        return None
    return compose(
        "calendar.html", sheet=OFFICE, language=language, pictures=found.pictures, templates=templates, calendar=found
    )


def context(
    policy: Policy,
    observations: Observations,
    subject: Subject,
    language: Language,
    *,
    made_with: tuple[tuple[str, str], ...] = (),
    has_picture: bool = False,
) -> CalendarContext | None:
    """Gather what the calendar says; none where no act is put forward, or the policy names no legal form for it.

    Raise RequestError where it has a picture and matplotlib is not installed.
    """
    ahead = way_of(policy, subject)
    if ahead is None:
        return None
    telling = Telling(ahead, Speaker(policy, language), subject)
    index = 1 if language is Language.INDONESIAN else 0
    heading = {key: texts[index] for key, texts in HEADINGS.items()}
    off = tuple(telling.off())
    return CalendarContext(
        heading=heading,
        form=telling.form,
        about=telling.about(),
        start=telling.say("start", day=telling.day(ahead.start)),
        remarks=tuple(telling.remarks()),
        rows=tuple(telling.row(place) for place in range(len(ahead.milestones))),
        notes=tuple(telling.notes()),
        planning=tuple(telling.planning()),
        in_force=tuple(map(telling.day, ahead.in_force or ())),
        pictures=(picture("way", *telling.drawn()),) if has_picture else (),
        working=tuple(telling.working(has_off=bool(off))),
        off_until=heading["off"].format(day=telling.day(ahead.counted_until or ahead.start)),
        off=off,
        marks=marks(policy, observations, (subject.explanation,), language, made_with=made_with),
    )


class Telling:
    """Says what a way is, in the language of a speaker."""

    def __init__(self, ahead: Way, speaker: Speaker, subject: Subject) -> None:
        self.ahead, self.speaker, self.subject = ahead, speaker, subject
        self.language = speaker.language
        self.form = self.worded(ahead.form.title)
        self.is_repeal = form_left(subject, speaker.policy) is not None
        if self.is_repeal:
            self.form = self.say("form.repeal", form=self.form)
        self.region = subject.explanation.region

    def say(self, key: str, **filled: object) -> str:
        """Give a sentence."""
        return phrase(SENTENCES, key, self.language, **filled)

    def day(self, when: date) -> str:
        """Print a day."""
        return day(when, self.language)

    def worded(self, wording: BothLanguages) -> str:
        """Give a wording of the pack."""
        return wording.in_language(self.language)

    def about(self) -> str:
        """Say which act the calendar is about."""
        stage = self.speaker.stage(self.subject.proposed or self.subject.explanation.stage)
        week = self.subject.explanation.week
        return self.say("about", region=self.region, week=week, form=self.form, stage=stage)

    def remarks(self) -> Iterator[str]:
        """Say that the calendar is for another stage than the one recommended, that it relaxes or begins too early."""
        proposed = self.subject.proposed
        if said := prepared(self.subject, self.speaker):
            yield said
        if self.is_repeal and proposed is not None:
            yield self.say("relaxes")
            milder = form_of(self.speaker.policy, proposed)
            if milder is not None:
                yield self.say("relaxes.other", form=self.worded(milder.title))
        yield from too_early(self.subject, self.language)

    def row(self, place: int) -> Row:
        """Give a milestone as a row of the checklist."""
        one = self.ahead.milestones[place]
        limit = one.limit
        return Row(
            number=str(place + 1),
            act=begun(self.worded(one.act)),
            about=tuple(self.who(one)),
            limit=self.limited(limit) if limit is not None else self.say("no-limit"),
            latest=self.day(limit.latest) if limit is not None and limit.latest is not None else "–",
            certainty=phrase(WORDS, one.fact.certainty.value, self.language),
            source=self.backing(one),
        )

    def who(self, one: Milestone) -> Iterator[str]:
        """Say who acts, where on the way, and that it need not be done."""
        if one.by is not None:
            yield self.worded(one.by)
        said = [] if one.part is Part.STEP else [self.say(one.part.value)]
        said += [] if one.is_required else [self.say("optional")]
        if said:
            yield f"({', '.join(said)})"

    def limited(self, limit: Limit) -> str:
        """Say a limit, from what it is counted, and on which day that is."""
        if limit.start is not None:
            start = self.worded(limit.start)
        else:
            at = limit.at
            start = self.worded(self.ahead.milestones[at].act) if at is not None else self.say("the-start")
        if limit.clock is None and limit.start is None:
            return self.say("limit.bare", days=limit.days)
        if limit.clock is None:
            return self.say("limit.no-clock", days=limit.days, start=start)
        clock = phrase(WORDS, limit.clock, self.language)
        if limit.counted is None:
            return self.say("limit.lost", days=limit.days, clock=clock, start=start)
        end = self.say("limit.supposed" if limit.is_supposed else "limit.fixed", day=self.day(limit.counted))
        return self.say("limit", days=limit.days, clock=clock, start=start) + end

    def backing(self, one: Milestone) -> str:
        """Name the sources of a milestone, what it says of the place there, and how certain its limit is."""
        fact, backed = one.fact, self.cited(one.fact)
        told = f"{backed}. {self.worded(fact.note)}" if fact.note is not None else backed
        if one.limited_by is None:
            return told
        certainty = phrase(WORDS, one.limited_by.certainty.value, self.language)
        source = self.cited(one.limited_by)
        key = "backed.alike" if source == backed else "backed"
        return f"{told}. {self.say(key, certainty=certainty, source=source)}"

    def cited(self, fact: Fact[object]) -> str:
        """Name the sources of a fact as they stand on the day of the start."""
        pack, assumed = load_pack(str(self.speaker.policy.instruments)), phrase(WORDS, "assumed", self.language)
        return "; ".join(cited(pack, fact, self.ahead.start, self.language, assumed=assumed))

    def notes(self) -> Iterator[str]:
        """Say what the days rest on."""
        if any(one.limit is not None and one.limit.is_supposed for one in self.ahead.milestones):
            yield self.say("supposed")
        if not any(fact.covers(self.ahead.start) for fact in self.ahead.form.procedure):
            yield self.say("no-steps" if not self.ahead.form.procedure else "unknown-steps")

    def planning(self) -> Iterator[str]:
        """Say how long to plan for."""
        fact = self.ahead.planning
        if fact is None:
            yield self.say("no-planning")
            return
        plan = fact.value
        clock = phrase(WORDS, plan.clock, self.language)
        certainty = phrase(WORDS, fact.certainty.value, self.language)
        yield self.say("planning", day=self.day(self.ahead.start), least=plan.least, usual=plan.usual, most=plan.most,
                       clock=clock, certainty=certainty, source=self.cited(fact))  # fmt: skip
        if fact.note is not None:
            yield self.worded(fact.note)
        yield self.say("apart")

    def drawn(self) -> tuple[Gantt, Frame]:
        """Give the way as a picture, and what stands around it."""
        require()
        bars = tuple(
            Bar(
                label=begun(self.worded(one.act)),
                first=one.limit.counted if one.limit is not None else None,
                last=one.limit.latest if one.limit is not None else None,
                is_certain=one.backing.certainty is Certainty.CONFIRMED,
                has_limit=one.limit is not None,
            )
            for one in self.ahead.milestones
        )
        span = None
        if self.ahead.in_force is not None:
            least, usual, most = self.ahead.in_force
            span = Range(label=self.say("chart.plan"), least=least, usual=usual, most=most)
        policy = self.speaker.policy
        caption = (
            *self.notes(),
            f"{policy.name}, sha256 {policy.digest[:SHORT]}; {self.region}, {self.subject.explanation.week}",
        )
        frame = Frame(title=self.say("chart", form=self.form), language=self.language, caption=caption)
        return Gantt(start=self.ahead.start, bars=bars, span=span), frame

    def working(self, *, has_off: bool) -> Iterator[str]:
        """Say which days are no working days, and what is not known of them."""
        if self.ahead.counted_until is None:
            yield self.say("no-working")
            return
        yield from counted(self.ahead.days, self.ahead.start, self.ahead.counted_until, self.language)
        if self.ahead.days.is_known and not has_off:
            yield self.say("off.none")

    def off(self) -> Iterator[str]:
        """Name the public holidays that were left out."""
        if self.ahead.counted_until is not None:
            days = self.ahead.days.days_off(self.ahead.start, self.ahead.counted_until, self.language)
            yield from (f"{self.day(when)}: {name}" for when, name in days)
