"""The own account's operations over HTTP."""

from collections.abc import Callable
from http import HTTPStatus

import msgspec
from aiohttp import web

from adapters.simulator.account import AccountHandlers
from adapters.simulator.account_questions import read_report_question, read_search
from adapters.simulator.gateway import Gateway, Plan
from adapters.simulator.outages import denied, json_response, refusal
from adapters.simulator.quota import Operation
from adapters.simulator.wire.common import encode

REPORTS = "/reports/2021-06-30"


class AccountRoutes:
    """Leads requests about the own account to their answers."""

    def __init__(
        self, gateway: Gateway, handlers: AccountHandlers, base_url: Callable[[], str]
    ) -> None:
        self._gateway = gateway
        self._handlers = handlers
        self._base_url = base_url

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Serve all of them."""
        router.add_get("/sellers/v1/marketplaceParticipations", self._stores)
        router.add_post(f"{REPORTS}/reports", self._create_report)
        router.add_get(f"{REPORTS}/reports/{{id}}", self._report)
        router.add_get(f"{REPORTS}/documents/{{id}}", self._address)
        router.add_get("/documents/{id}", self._document)

    async def search(self, request: web.Request) -> web.StreamResponse:
        """Serve a page of all listings."""

        def read(_body: bytes) -> Plan:
            question = read_search(request.match_info["seller"], request.query)

            def answer(now: float) -> web.Response:
                found = self._handlers.search(question, now)
                return denied() if found is None else json_response(200, encode(found))

            return Plan((), answer)

        return await self._gateway.serve(request, Operation.SEARCH_LISTINGS, read)

    async def _stores(self, request: web.Request) -> web.StreamResponse:
        return await self._serve(request, Operation.PARTICIPATIONS, self._handlers.stores)

    async def _create_report(self, request: web.Request) -> web.StreamResponse:
        def read(body: bytes) -> Plan:
            question = read_report_question(body)
            return Plan(
                (),
                lambda _now: json_response(
                    HTTPStatus.ACCEPTED, encode(self._handlers.create_report(question))
                ),
            )

        return await self._gateway.serve(request, Operation.CREATE_REPORT, read)

    async def _report(self, request: web.Request) -> web.StreamResponse:
        id = request.match_info["id"]
        return await self._serve(
            request, Operation.GET_REPORT, lambda now: self._handlers.report(id, now)
        )

    async def _address(self, request: web.Request) -> web.StreamResponse:
        id = request.match_info["id"]
        return await self._serve(
            request,
            Operation.GET_REPORT_DOCUMENT,
            lambda _now: self._handlers.address(id, self._base_url()),
        )

    async def _document(self, request: web.Request) -> web.StreamResponse:
        id = request.match_info["id"]

        def answer(now: float) -> web.Response:
            content = self._handlers.document(id, now)
            if content is None:
                return web.Response(status=HTTPStatus.FORBIDDEN)
            return web.Response(body=content, content_type="text/plain")

        return await self._gateway.serve(
            request, Operation.DOCUMENT, lambda _body: Plan((), answer)
        )

    async def _serve(
        self,
        request: web.Request,
        operation: Operation,
        find: Callable[[float], msgspec.Struct | None],
    ) -> web.StreamResponse:
        """Answer with what is found, or that it is not there."""

        def answer(now: float) -> web.Response:
            found = find(now)
            if found is None:
                return refusal(HTTPStatus.NOT_FOUND, "NotFound", "Resource not found.")
            return json_response(HTTPStatus.OK, encode(found))

        return await self._gateway.serve(request, operation, lambda _body: Plan((), answer))
