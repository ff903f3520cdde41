"""What a viewer can do on the service's pages with a subscription, comments and rentals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from player_app.reference_service.subscriptions import month_end
from player_app.reference_service.visitor import PageBrowser, pay, sign_in
from tests.reference_service.page_stage import EMAIL, FILM, PASSWORD, Stage, stage

MONTH_S = 31 * 24 * 3600


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path / "service") as running:
        yield running


@pytest.fixture
def browser(service: Stage) -> PageBrowser:
    made = PageBrowser()
    sign_in(made, service.address, EMAIL, PASSWORD)
    return made


def subscribe(service: Stage, browser: PageBrowser) -> None:
    page = browser.open(f"{service.address}/subscribe")
    checkout = browser.submit(page.form("/subscribe"))
    pay(checkout.address, browser=browser)


def seconds(written: str) -> int:
    return int(datetime.fromisoformat(written).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("since", "now", "ends"),
    [
        ("2026-01-31 10:00", "2026-02-01 00:00", "2026-02-28 10:00"),
        ("2026-01-31 10:00", "2026-02-28 10:00", "2026-03-31 10:00"),
        ("2026-11-23 10:00", "2026-11-23 10:00", "2026-12-23 10:00"),
        ("2026-11-23 10:00", "2027-01-23 09:59", "2027-01-23 10:00"),
        ("2024-02-29 00:00", "2025-02-20 00:00", "2025-02-28 00:00"),
    ],
)
def test_a_month_ends_on_the_day_that_it_began(since: str, now: str, ends: str) -> None:
    assert month_end(seconds(since), seconds(now)) == seconds(ends)


def test_a_subscription_is_ended_after_a_question_and_runs_to_the_months_end(
    service: Stage, browser: PageBrowser
) -> None:
    subscribe(service, browser)
    page = browser.open(f"{service.address}/account")
    asked = browser.open(page.link("End the subscription"))
    assert "active since" in browser.open(f"{service.address}/account").text
    page = browser.submit(asked.form("/account/end-subscription"), button=("answer", "end"))
    assert "then ends" in page.text
    assert (
        "Yours to watch with your subscription"
        in browser.open(f"{service.address}/films/{FILM}").text
    )
    service.hooks.ahead_s += MONTH_S
    sign_in(browser, service.address, EMAIL, PASSWORD)
    assert "none · subscribe" in browser.open(f"{service.address}/account").text


def test_an_ending_can_be_taken_back(service: Stage, browser: PageBrowser) -> None:
    subscribe(service, browser)
    asked = browser.open(f"{service.address}/account/end-subscription")
    page = browser.submit(asked.form("/account/end-subscription"), button=("answer", "end"))
    page = browser.submit(page.form("/account/end-subscription"), button=("answer", "keep"))
    assert "Your subscription goes on" in page.text
    assert "active since" in page.text


def test_what_one_has_is_not_sold_again(service: Stage, browser: PageBrowser) -> None:
    page = browser.open(f"{service.address}/films/{FILM}")
    form = page.form(f"/films/{FILM}/rent")
    pay(browser.submit(form).address, browser=browser)
    again = browser.submit(form)
    assert "You have rented this film already. Nothing was bought." in again.text
    offered = browser.open(f"{service.address}/subscribe")
    subscribe(service, browser)
    refused = browser.submit(offered.form("/subscribe"))
    assert refused.status == 409
    assert "You have the subscription already." in refused.text


def test_a_comment_is_deleted_by_its_author_and_reported_by_others(
    service: Stage, browser: PageBrowser
) -> None:
    page = browser.open(f"{service.address}/films/{FILM}")
    page = browser.submit(page.form(f"/films/{FILM}/comments"), {"text": "A sentence to go."})
    assert "A sentence to go." in page.text
    acts = [form for form in page.forms if form.action.endswith("/delete")]
    assert len(acts) == 1
    gone = browser.submit(acts[0])
    assert "Your comment is deleted." in gone.text
    assert "A sentence to go." not in gone.text
    page = browser.open(f"{service.address}/films/the-brass-sea")
    others = next(form for form in page.forms if form.action.endswith("/report"))
    thanked = browser.submit(others, {"reason": "cruel"})
    assert "We will look at that comment." in thanked.text
    foreign = others.action.removesuffix("/report") + "/delete"
    others.action = foreign
    assert browser.submit(others).status == 404


def test_a_receipts_number_can_be_read_out(service: Stage, browser: PageBrowser) -> None:
    page = browser.open(f"{service.address}/films/{FILM}")
    pay(browser.submit(page.form(f"/films/{FILM}/rent")).address, browser=browser)
    receipts = browser.open(f"{service.address}/receipts")
    receipt = browser.open(receipts.link("Picture Start"))
    number = receipt.text.split("No. ")[1].split()[0]
    assert len(number) == len("V-4F7K-2M9Q")
    assert set(number) <= set("V-0123456789ABCDEFGHJKMNPQRSTVWXYZ")
