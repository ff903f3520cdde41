"""Faults that tests ask for, and the log of requests; in no application built without hooks."""

from __future__ import annotations

import asyncio
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from player_app.reference_service.hooks import Fault, LoggedRequest, TestHooks
from player_app.reference_service.problems import Problem, answer


class Faults:
    """Logs each request and strikes the ones that a test named."""

    def __init__(self, app: ASGIApp, hooks: TestHooks) -> None:
        self._app = app
        self._hooks = hooks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        self._hooks.arrived.append(scope["path"])
        fault = self._hooks.fault_for(scope["path"])

        async def logged(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._log(scope, int(message["status"]))
            await send(message)

        if fault is None:
            await self._app(scope, receive, logged)
            return
        await asyncio.sleep(fault.delay_s)
        if fault.status is not None:
            problem = Problem("internal", "A test asked for this.")
            problem.status = fault.status
            await answer(problem)(scope, receive, logged)
        elif fault.cut_after_bytes is not None:
            await self._app(scope, receive, _cut(fault, logged))
        else:
            await self._app(scope, receive, logged)

    def _log(self, scope: Scope, status: int) -> None:
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        self._hooks.requests.append(
            LoggedRequest(scope["method"], scope["path"], headers, status, time.monotonic())
        )


def _cut(fault: Fault, send: Send) -> Send:
    """A sender that stops in the middle, so that the connection breaks."""
    left = fault.cut_after_bytes or 0

    async def cutting(message: Message) -> None:
        nonlocal left
        if message["type"] == "http.response.body":
            body = message.get("body", b"")
            if len(body) >= left:
                await send({**message, "body": body[:left], "more_body": True})
                raise ConnectionResetError("a test cut this")
            left -= len(body)
        await send(message)

    return cutting
