"""What a machine tells of itself, and to whom."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from app import serve
from data.clock.clock import FixedClock
from data.settings import read
from tests.kpis.delivered import NOW

FAR = {"REMOTE_ADDR": "10.0.0.9"}


def test_everybody_is_told_that_there_is_data_and_no_more(town):
    told = town.client().get("/health", environ_overrides=FAR)
    assert (told.status_code, set(told.json)) == (200, {"status", "snapshot", "created_at"})


@pytest.mark.parametrize(("role", "all_"), [("operator", True), ("admin", True), ("leader", False), ("staff", False)])
def test_who_manages_screens_is_told_every_check(town, role, all_):
    told = town.by(role).get("/health", environ_overrides=FAR).json
    assert ("checks" in told) is all_


def test_at_the_machine_every_check_is_told_but_not_through_a_proxy_on_it(town):
    assert "checks" in town.client().get("/health").json
    assert "checks" not in town.client().get("/health", headers={"X-Forwarded-For": "1.2.3.4"}).json


def test_metrics_are_for_this_machine_and_for_who_has_the_secret(service, tmp_path):
    (tmp_path / "metrics").write_text("hush")
    (tmp_path / "metrics").chmod(0o600)
    settings = replace(read({}), secrets=tmp_path, drop=Path(tmp_path))
    server = serve(service.catalogue, service, FixedClock(NOW), settings=settings)[0].server
    client = server.test_client()
    assert client.get("/metrics", environ_overrides=FAR).status_code == 404
    wrong = {"Authorization": "Bearer hush!"}
    assert client.get("/metrics", environ_overrides=FAR, headers=wrong).status_code == 404
    right = {"Authorization": "Bearer hush"}
    assert client.get("/metrics", environ_overrides=FAR, headers=right).status_code == 200
    assert client.get("/metrics").status_code == 200


def test_metrics_keep_to_their_format_and_count(town):
    client = town.client()
    for _ in range(3):
        client.get("/health")
    client.get("/nothing/here.csv")
    text = client.get("/metrics").text
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.e+-]+', line) for line in lines)
    assert 'lantern_requests_total{endpoint="health",status="200"} 3' in lines
    counted = sum(int(line.rsplit(" ", 1)[1]) for line in lines if line.startswith("lantern_requests_total"))
    assert f"lantern_request_seconds_count {counted}" in lines
    buckets = [int(line.rsplit(" ", 1)[1]) for line in lines if "_bucket" in line]
    assert buckets == sorted(buckets) and buckets[-1] == counted
    assert "lantern_streams 0" in lines


def test_open_streams_are_counted(town):
    answer = town.by("analyst").get("/stream", buffered=False)
    next(iter(answer.response))
    assert "lantern_streams 1" in town.client().get("/metrics").text
    answer.close()
    assert "lantern_streams 0" in town.client().get("/metrics").text


def test_no_secret_and_no_name_is_in_the_metrics(town):
    client = town.by("admin")
    client.get("/profile")
    assert not {"admin", "password", "cookie"} & set(re.findall(r"[a-z]+", client.get("/metrics").text))
