"""The time that cases take: a thousand of 27 weeks, read and run."""

from __future__ import annotations

from pathlib import Path
from time import process_time

from escalation.cases.load import loads
from escalation.cases.run import play
from escalation.evaluation.ladder import Ladder
from escalation.policy.load import load

POLICY = Path(__file__).resolve().parent.parent.parent / "policies" / "bekasi-vaccination" / "policy.yaml"
COUNT, FILES = 1_000, 4
AIM = 1.0
ENTRY = """\
  - name: case {number}
    stage: appeal
    since: 2021-W30
    start: 2021-W36
    series:
      first_doses: {first}+5000x26
      target_population: 2016006
      elderly_first_doses: 70000+{number}x26
      elderly_population: 156149
    expect:
      - {{week: 2021-W41, recommend: escalate, to: instruction}}
      - {{week: 2022-W10, dwell: 32, because: [target-missed-and-slow]}}
"""


def seconds(count: int = COUNT) -> tuple[float, float]:
    """Measure so many cases in four files: the processor time to read them, and to run them."""
    policy = load(POLICY)
    texts = [
        "policy: policy.yaml\ncases:\n"
        + "".join(ENTRY.format(number=number, first=1_000_000 + number) for number in range(part, count, FILES))
        for part in range(FILES)
    ]
    start = process_time()
    files = [loads(text, policy) for text in texts]
    read = process_time()
    ladder = Ladder(policy)
    passed = sum(play(ladder, case).passed for file in files for case in file.cases)
    end = process_time()
    if passed != count:
        raise RuntimeError("the cases do not pass")
    return read - start, end - read


def main(count: int = COUNT) -> None:
    """Print the figures beside the aim."""
    reading, running = seconds(count)
    print(f"{count} cases of 27 weeks: read in {reading:.2f} s, run in {running:.2f} s; aim: {AIM} s for {COUNT}, run")


if __name__ == "__main__":
    main()
