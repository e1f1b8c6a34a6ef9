"""What explanations say, in sentences: the records of `explanation` by the keys of `catalogue`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from escalation.evaluation.catalogue import SENTENCES, sentence
from escalation.evaluation.reading import Cause
from escalation.evaluation.records import ConditionReport, Evidence, Explanation, Figure, GuardReport, Lack, MoveReport
from escalation.evaluation.step import Recommendation
from escalation.evaluation.truth import Verdict
from escalation.periods import Week
from escalation.policy.model import Policy
from escalation.policy.values import AMENDED, ASSUMPTION, Language, Wording
from escalation.policy.wording import day, metric_title, quantity, role, stage_title, title, trigger_title, weeks


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says the records of one policy in one language; `today`, where given, tells which documents are out of force."""

    policy: Policy
    language: Language
    today: date | None = None

    def on(self, today: date) -> Speaker:
        """Give a speaker for the week that ends on a day."""
        return replace(self, today=today)

    def say(self, key: str, **filled: str) -> str:
        """Give the sentence of a key."""
        return sentence(key, self.language, **filled)

    def stage(self, name: str) -> str:
        """Give the title of a stage."""
        return stage_title(self.policy, name, self.language)

    def metric(self, name: str) -> str:
        """Give the title of a metric."""
        return metric_title(self.policy, name, self.language)

    def move(self, name: str) -> str:
        """Give the title of a move, or its name where it has none."""
        return title(self._wording(name), name, self.language)

    def _wording(self, move: str) -> Wording | None:
        return next(one.title for one in self.policy.moves if one.name == move)

    def _quoted(self, move: str) -> str:
        """Give what a sentence calls a move: its title in quotation marks, or its name in backticks."""
        wording = self._wording(move)
        return f"`{move}`" if wording is None else f"“{wording.in_language(self.language)}”"

    def _parameter(self, name: str) -> str:
        """Give what a sentence calls a parameter: its title in quotation marks, or its name in backticks."""
        known = self.policy.parameters.get(name)
        called = known.title if known is not None else None
        return f"`{name}`" if called is None else f"“{called.in_language(self.language)}”"

    def recommendation(self, explanation: Explanation) -> str:
        """Say what is recommended."""
        to = self.stage(explanation.to) if explanation.to is not None else ""
        return self.say(f"recommendation.{explanation.recommendation}", to=to, stage=self.stage(explanation.stage))

    def why(self, explanation: Explanation) -> str:
        """Say why, and which other moves have all their guards met."""
        reason, also = self._reason(explanation), self._also_met(explanation)
        return f"{reason}. {also[0].upper()}{also[1:]}" if also else reason

    def remarks(self, explanation: Explanation) -> tuple[str, ...]:
        """Say in a few words what a bare recommendation hides: a pending decision, and moves that could be made."""
        said = []
        if explanation.pending_to is not None:
            to, week = self.stage(explanation.pending_to), explanation.pending_week or ""
            said.append(self.say("remark.pending", to=to, week=week))
        if explanation.also_met:
            stages = dict.fromkeys(self.stage(one.to) for one in explanation.moves if one.name in explanation.also_met)
            said.append(self.say("remark.also-met", moves=", ".join(stages)))
        return tuple(said)

    def _also_met(self, explanation: Explanation) -> str:
        if not explanation.also_met:
            return ""
        moves = (self._named(one) for one in explanation.moves if one.name in explanation.also_met)
        return self.say(f"also-met.{_first(explanation)}", moves=", ".join(moves), first=self._decisive(explanation))

    def _decisive(self, explanation: Explanation) -> str:
        """Name the move that decides, where one does."""
        return ", ".join(self._named(one) for one in explanation.moves if one.name == explanation.move)

    def _named(self, move: MoveReport) -> str:
        return self.say("move.named", move=self._quoted(move.name), to=self.stage(move.to))

    def _reason(self, explanation: Explanation) -> str:
        stage = self.stage(explanation.stage)
        if explanation.pending_to is not None:
            return self.say("why.pending", to=self.stage(explanation.pending_to), week=explanation.pending_week or "")
        if explanation.recommendation is Recommendation.UNDETERMINED:
            return self.say("why.undetermined", missing="; ".join(self.wanting(explanation)))
        if not explanation.moves:
            return self.say("why.none", stage=stage)
        return self.say(
            f"why.{explanation.recommendation}",
            move=self._quoted(explanation.move) if explanation.move else "",
            stage=stage,
        )

    def in_force(self, explanation: Explanation) -> str:
        """Say which stage is in force and since when."""
        spent = weeks(explanation.dwell, self.language)
        return self.say("stage.in-force", stage=self.stage(explanation.stage), week=explanation.since, weeks=spent)

    def wanting(self, explanation: Explanation) -> tuple[str, ...]:
        """Say what is missing, in which weeks, and why."""
        return self.lacks(explanation.lacks)

    def lacks(self, lacks: tuple[Lack, ...]) -> tuple[str, ...]:
        """Say of each thing wanting why it is, and for which weeks."""
        return tuple(said for lack in lacks for said in self._lack(lack))

    def _lack(self, lack: Lack) -> Iterator[str]:
        if lack.cause is Cause.NOT_IN_FORCE:
            yield self.say("missing.not-in-force", parameter=self._parameter(lack.name), weeks=self._runs(lack.weeks))
            return
        metric, weeks_ = self.metric(lack.name), lack.weeks
        is_judged = lack.name in self.policy.judgements and lack.cause is Cause.ABSENT
        kind = "judgement" if is_judged else "figure"
        if lack.never:
            yield self.say(f"missing.never.{kind}", metric=metric)
            return
        if lack.since is not None:
            yield self.say(f"missing.since.{kind}", metric=metric, week=lack.since, last=lack.last_seen or "")
            weeks_ = tuple(week for week in weeks_ if week < str(lack.since))
        if weeks_:
            yield self.say(f"missing.{kind if is_judged else lack.cause}", metric=metric, weeks=self._runs(weeks_))

    def _runs(self, texts: tuple[str, ...]) -> str:
        """Print weeks, those in a row as first and last."""
        runs: list[list[Week]] = []
        for week in (Week.parse(text, self.policy.calendar) for text in texts):
            if runs and week - runs[-1][-1] == 1:
                runs[-1].append(week)
            else:
                runs.append([week])
        return ", ".join(self._run(str(run[0]), str(run[-1])) for run in runs)

    def _run(self, first: str, last: str) -> str:
        return first if first == last else self.say("weeks.run", first=first, last=last)

    def guard(self, guard: GuardReport) -> str:
        """Say what a guard observed and what it requires."""
        match guard.kind:
            case "valid":
                return self.say("guard.valid", period=self._period(guard))
            case "lock-floor" | "lock-ceiling":
                key = f"guard.{guard.kind}" if guard.verdict is Verdict.MET else f"guard.{guard.kind}.unmet"
                return self.say(key, stage=self.stage(guard.subject), period=self._period(guard))
            case "after":
                observed, required = (weeks(count or 0, self.language) for count in (guard.observed, guard.required))
                return self.say("guard.after", observed=observed, required=required)
            case "judgement":
                by = role(self.policy.judgements[guard.subject].by or "")
                return self.say(f"guard.judgement.{guard.verdict.value}", title=self.metric(guard.subject), by=by)
            case _:
                least, most = guard.weeks_met or (0, 0)
                return self.say(
                    "guard.trigger.exact" if least == most else "guard.trigger.open",
                    title=trigger_title(self.policy, guard.subject, self.language),
                    least=str(least),
                    most=str(most),
                    asked=weeks(guard.weeks_asked or 1, self.language),
                )

    def _period(self, guard: GuardReport) -> str:
        first = day(guard.from_day, self.language) if guard.from_day is not None else ""
        last = day(guard.until_day, self.language) if guard.until_day is not None else ""
        key = "both" if first and last else "from" if first else "until" if last else "always"
        return self.say(f"period.{key}", first=first, last=last)

    def condition(self, report: ConditionReport) -> str:
        """Say one condition with its numbers, its parts left out."""
        match report.kind:
            case "comparison":
                return self._comparison(report)
            case "trigger":
                return self.say("condition.trigger", title=trigger_title(self.policy, report.subject, self.language))
            case "judgement":
                given = "none" if report.value is None else "yes" if report.value else "no"
                return self.say(
                    "condition.judgement",
                    title=self.metric(report.subject),
                    asked=self.say(f"answer.{report.asked}"),
                    given=self.say(f"answer.{given}"),
                )
            case _:
                return self.say(f"condition.{report.kind}", asked=report.asked)

    def _comparison(self, report: ConditionReport) -> str:
        metric = self.metric(report.subject)
        if report.threshold is None:
            return self.say(
                "condition.comparison.no-threshold", metric=metric, parameter=self._parameter(report.parameter or "")
            )
        operator = self.say(f"operator.{report.operator}")
        places = self._decimals(report.subject)
        threshold = quantity(report.threshold, report.unit, self.language)
        if report.value is None or report.margin is None:
            said = self.say("condition.comparison.missing", metric=metric, operator=operator, threshold=threshold)
            return f"{said} ({self.say(f'missing.rule.{report.asked}')})" if report.asked else said
        value = quantity(report.value, report.unit, self.language, decimals=places, apart_from=report.threshold)
        if report.low is not None and report.high is not None:
            low, high = (quantity(end, report.unit, self.language) for end in (report.low, report.high))
            value = self.say("value.rounded", value=value, low=low, high=high)
        margin = self._margin(report)
        return self.say(
            "condition.comparison.margin", metric=metric, value=value, operator=operator, threshold=threshold,
            margin=margin,
        )  # fmt: skip

    def _margin(self, report: ConditionReport) -> str:
        margin = report.margin or 0.0
        unit = "percentage points" if report.unit == "percent" else report.unit
        text = quantity(margin, unit, self.language, decimals=self._decimals(report.subject), apart_from=0.0)
        return f"+{text}" if margin > 0 else text

    def sources(self, sources: tuple[str, ...]) -> str:
        """Cite sources; say plainly what is an assumption."""
        if not sources:
            return self.say("source.none")
        titles = "; ".join(self.source(name) for name in sources if name not in (AMENDED, ASSUMPTION))
        cited = [self.say("source", sources=titles)] if titles else []
        cited += [self.say("source.set")] if AMENDED in sources else []
        return "; ".join([*cited, *([self.say("assumption")] if ASSUMPTION in sources else [])])

    def source(self, name: str) -> str:
        """Give the title of a source; where a week is told of, also that it is not yet or no longer in force in it."""
        source, today = self.policy.sources[name], self.today
        title = source.title.in_language(self.language)
        apart = source.apart(today) if today is not None else None
        if apart is None:
            return title
        key, when = apart
        return self.say(f"source.{key}", title=title, day=day(when, self.language))

    def carried(self, evidence: Evidence) -> str:
        """Say from which week a figure was carried."""
        if evidence.carried_from is None:
            return ""
        key = "carried.judgement" if self.is_judged(evidence) else "carried"
        return self.say(key, week=evidence.carried_from, weeks=weeks(evidence.carried_weeks, self.language))

    def is_judged(self, evidence: Evidence) -> bool:
        """Say whether a figure is a judgement, which is given and not counted."""
        return evidence.metric in self.policy.judgements

    def basis(self, evidence: Evidence) -> str:
        """Say on which basis a figure was counted."""
        known = f"basis.{evidence.basis}"
        return self.say("evidence.basis", basis=self.say(known) if known in SENTENCES else evidence.basis)

    def countdown(self, move: MoveReport, explanation: Explanation) -> str:
        """Say when a move of an explanation could be recommended."""
        if move.is_recommended:
            return self.say("countdown.recommended")
        if move.verdict is Verdict.MET:
            return self.say(f"countdown.passed.{_first(explanation)}", first=self._decisive(explanation))
        if move.countdown is None:
            return self.say("countdown.pending")
        if move.countdown.weeks is None:
            return self.say("countdown.never")
        if move.countdown.weeks == 0:
            return self.say("countdown.now")
        return self.say(
            "countdown.week", week=move.earliest_week or "", weeks=weeks(move.countdown.weeks, self.language)
        )

    def figure(self, figure: Figure) -> str:
        """Print the value of a figure."""
        if figure.value is None:
            return self.say("figure.not-judged" if figure.is_judgement else "figure.none")
        if figure.is_judgement:
            return self.say("answer.yes" if figure.value else "answer.no")
        return quantity(figure.value, figure.unit, self.language, decimals=self._decimals(figure.metric))

    def _decimals(self, metric: str) -> int | None:
        """Give the decimals to which the policy rounds a metric."""
        return self.policy.metrics[metric].decimals

    def verdict(self, report: GuardReport | ConditionReport) -> str:
        """Give the word for a verdict."""
        return self.say(f"word.{report.verdict.value}")

    def assumption(self, route: str) -> str:
        """Name a number of the file that no source backs, as people call it and as the file does."""
        section, _, name = route.partition(".")
        if section == "parameters":
            called = title(self.policy.parameters[name].title, name, self.language)
        elif section == "triggers":
            called = trigger_title(self.policy, name, self.language)
        else:
            called = self.move(name)
        return f"{called} ({route})"

    def policy_title(self) -> str:
        """Give the title of the policy."""
        return title(self.policy.title, self.policy.name, self.language)


def _first(explanation: Explanation) -> str:
    """Say what stands before a move whose guards are all met: a decision, or a move whose guards are met or unknown."""
    if explanation.pending_to is not None:
        return "pending"
    return "undetermined" if explanation.recommendation is Recommendation.UNDETERMINED else "recommended"
