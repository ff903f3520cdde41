"""Bounds what may be sent to the service."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from player_app.reference_service.problems import Problem, answer

MOST_BYTES = 256 * 1024


class BodyLimit:
    """Refuses bodies over the limit, announced or not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > MOST_BYTES:
            await _refuse(scope, receive, send)
            return
        body = b""
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return
            body += message.get("body", b"")
            if len(body) > MOST_BYTES:
                await _refuse(scope, receive, send)
                return
            if not message.get("more_body"):
                break
        given = False

        async def whole() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, whole, send)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    problem = Problem("too-large", f"At most {MOST_BYTES} bytes, please.")
    await answer(problem)(scope, receive, send)
