"""The engine against the conformance corpus, whose expectations are worked out by hand from SEMANTICS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from inspect import get_annotations
from typing import Annotated, Literal, TypeVar, get_args, get_origin

import pytest
from pydantic import BaseModel

from escalation.evaluation.replay import Adopt
from escalation.evaluation.step import Recommendation
from escalation.policy.conditions import Limits
from escalation.policy.draft import Draft
from escalation.policy.metrics import Difference, InputMetric, Product, Ratio
from escalation.policy.model import ANY, Policy
from escalation.policy.origins import Norm
from tests.conformance.corpus import Example, differences, examples

T = TypeVar("T", bound=BaseModel)
EXAMPLES = list(examples())

# What drafts are written from: no week depends on it.
OF_PAPERS = {
    "Stage.draft",
    "Origin.norm",
    *(f"Jurisdiction.{key}" for key in ("short", "seat", "within", "founding_law")),
}

# What a key can say beyond being there, where the model has no word of its own for it.
FORMS: dict[str, Callable[[Policy], bool]] = {
    "an input without max_age": lambda policy: any("max_age" not in one.model_fields_set for one in _inputs(policy)),
    "max_age: N weeks": lambda policy: any(one.max_age for one in _inputs(policy)),
    "max_age: always": lambda policy: any(one.max_age is None for one in _inputs(policy)),
    "a range open below": lambda policy: any(one.range and one.range[0] is None for one in _inputs(policy)),
    "a range open above": lambda policy: any(one.range and one.range[1] is None for one in _inputs(policy)),
    "a percent without a range": lambda policy: any(one.unit == "percent" and not one.range for one in _inputs(policy)),
    "several bases": lambda policy: any(len(one.bases) > 1 for one in _inputs(policy)),
    "a ratio in percent": lambda policy: any(one.unit == "percent" for one in _of(policy, Ratio)),
    "a ratio not in percent": lambda policy: any(one.unit != "percent" for one in _of(policy, Ratio)),
    "a difference from a number": lambda policy: any(
        isinstance(one.difference.minus, float) for one in _of(policy, Difference)
    ),
    "a difference of two metrics": lambda policy: any(
        isinstance(one.difference.minus, str) for one in _of(policy, Difference)
    ),
    "a product with a number": lambda policy: any(isinstance(one.product.by, float) for one in _of(policy, Product)),
    "a product of two metrics": lambda policy: any(isinstance(one.product.by, str) for one in _of(policy, Product)),
    "two limits in one comparison": lambda policy: any(len(one.limits) > 1 for one in _of(policy, Limits)),
    "a parameter as threshold": lambda policy: any(
        isinstance(limit, str) for one in _of(policy, Limits) for _, limit in one.limits
    ),
    "a move from one stage": lambda policy: any(len(move.from_) == 1 and move.from_ != (ANY,) for move in policy.moves),
    "a move from several stages": lambda policy: any(len(move.from_) > 1 for move in policy.moves),
    "a move from any stage": lambda policy: any(move.from_ == (ANY,) for move in policy.moves),
    "a trigger without for": lambda policy: any("for_" not in one.model_fields_set for one in policy.triggers.values()),
}


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.name for example in EXAMPLES])
def test_the_engine_agrees_with_the_corpus(example: Example) -> None:
    assert differences(example) == []


def test_every_case_of_the_corpus_has_a_name_of_its_own() -> None:
    names = [example.name for example in EXAMPLES]
    assert sorted(set(names)) == sorted(names)


def test_every_construct_of_the_language_has_a_case() -> None:
    used = {construct for example in EXAMPLES for construct in _used(example.policy)}
    assert sorted(_constructs(Policy) - used - OF_PAPERS) == []


def test_every_form_of_a_key_has_a_case() -> None:
    unused = [form for form, holds in FORMS.items() if not any(holds(example.policy) for example in EXAMPLES)]
    assert unused == []


def test_every_recommendation_and_adoption_rule_has_a_case() -> None:
    expected = {row.recommend for example in EXAMPLES for row in example.case.expect}
    assert set(Recommendation) - expected == set()
    assert set(Adopt) - {example.case.adoption.adopt for example in EXAMPLES} == set()
    assert any(example.case.adoption.lag for example in EXAMPLES)
    assert any(example.case.adoption.up_to for example in EXAMPLES)


def test_a_construct_without_a_case_is_found() -> None:
    used = {construct for example in EXAMPLES[:1] for construct in _used(example.policy)}
    assert {"Trend.from_last", "Lock.not_below", "Reported.how: up"} <= _constructs(Policy) - used


def test_a_wrong_expectation_is_found() -> None:
    example = EXAMPLES[0]
    row = example.case.expect[0].model_copy(update={"dwell": 99})
    case = example.case.model_copy(update={"expect": (row, *example.case.expect[1:])})
    wrong = Example(name=example.name, policy=example.policy, case=case)
    assert differences(wrong) == [f"{row.week}: dwell is 0, not 99"]


def _constructs(root: type[BaseModel]) -> set[str]:
    """Name every key that a policy file can have, and every word that a key can be."""
    found: set[str] = set()
    waiting, seen = [root], {root, Draft, Norm}
    while waiting:
        model = waiting.pop()
        for name, field in model.model_fields.items():
            key = _named(model, name)
            found |= {key, *(f"{key}: {word}" for word in _words(field.annotation))}
            inner = set(_models(field.annotation)) - seen
            waiting += inner
            seen |= inner
    return found


def _named(model: type[BaseModel], name: str) -> str:
    """Name a key after the class that brings it in: a title is the same key for every kind of metric."""
    owner = next(base for base in reversed(model.__mro__) if name in get_annotations(base))
    return f"{owner.__name__}.{model.model_fields[name].alias or name}"


def _words(annotation: object) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from map(str, get_args(annotation))
    elif isinstance(annotation, type) and issubclass(annotation, StrEnum):
        yield from annotation
    elif get_origin(annotation) is Annotated:
        yield from _words(get_args(annotation)[0])
    else:
        for part in get_args(annotation):
            yield from _words(part)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) is not Literal:
        for part in get_args(annotation):
            yield from _models(part)


def _used(part: object) -> Iterator[str]:
    """Name the keys and words that a policy uses."""
    if isinstance(part, BaseModel):
        for name in part.model_fields_set:
            field, value = type(part).model_fields[name], getattr(part, name)
            key = _named(type(part), name)
            yield key
            if str(value) in set(_words(field.annotation)):
                yield f"{key}: {value}"
            yield from _used(value)
    elif isinstance(part, dict):
        for value in part.values():
            yield from _used(value)
    elif isinstance(part, tuple):
        for value in part:
            yield from _used(value)


def _inputs(policy: Policy) -> list[InputMetric]:
    return list(policy.inputs.values())


def _of(policy: Policy, kind: type[T]) -> list[T]:
    return [part for part in _parts(policy) if isinstance(part, kind)]


def _parts(part: object) -> Iterator[BaseModel]:
    if isinstance(part, BaseModel):
        yield part
        for name in type(part).model_fields:
            yield from _parts(getattr(part, name))
    elif isinstance(part, dict):
        for value in part.values():
            yield from _parts(value)
    elif isinstance(part, tuple):
        for value in part:
            yield from _parts(value)
