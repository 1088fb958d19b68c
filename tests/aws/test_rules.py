"""The template's rules: which events they pass on, and where what nobody took is put aside."""

import json
from typing import Any, cast

from moto.events.models import EventPattern

from aws.template import ACCOUNT, ALL, REGION, RULES, Stack
from vod_ingest.shapes import changed
from vod_ingest.told import aws

Json = dict[str, Any]


def test_the_solutions_own_events_are_those_that_the_rules_pass_on() -> None:
    stack = Stack(ALL)
    published, encoded = aws("stepfunctions_publish_succeeded"), aws("mediaconvert_complete_hls_dash")
    machine = f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:films-publish"
    published["detail"]["stateMachineArn"] = machine
    encoded["detail"]["userMetadata"]["workflow"] = "films"
    others = [
        changed(published, stateMachineArn=machine.replace("publish", "ingest")),
        changed(published, status="RUNNING"),
        changed(encoded, userMetadata={"guid": "a", "workflow": "showsondemand"}),
    ]

    def passed_on(event: Json) -> list[str]:
        patterns = {rule: json.dumps(stack.properties(rule)["EventPattern"]) for rule in RULES}
        return [
            rule
            for rule, text in patterns.items()
            if EventPattern.load(text).matches_event(cast("Any", event))
        ]

    assert passed_on(encoded) == ["SolutionEncodingRule"]
    assert passed_on(published) == ["SolutionPublishRule"]
    assert [passed_on(each) for each in others] == [[], [], []]


def test_the_queue_of_what_nobody_took_takes_it_of_these_rules_alone() -> None:
    assert allowed_to_put_aside(Stack(ALL)) == {
        Stack(ALL).filled({"Fn::GetAtt": f"{rule}.Arn"}) for rule in RULES
    }
    assert len(allowed_to_put_aside(Stack())) == 1


def allowed_to_put_aside(stack: Stack) -> set[str]:
    """The rules whose events the dead-letter queue takes."""
    allow, deny = stack.properties("UndeliveredQueuePolicy")["PolicyDocument"]["Statement"]
    assert (allow["Effect"], deny["Effect"], deny["Principal"]) == ("Allow", "Deny", "*")
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": False}}
    return set(allow["Condition"]["ArnEquals"]["aws:SourceArn"])
