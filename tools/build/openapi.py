"""The API's document (OpenAPI 3.1), made of the table of routes and of static/openapi.txt.

A route without a line there, or a line without a route, stops the build: the document cannot
fall behind. Knows no handler.
"""

import json

_TYPES = {"int": {"type": "integer"}, "str": {"type": "string"}, "bool": {"type": "boolean"},
          "obj": {"type": "object"}, "list": {"type": "array", "items": {}}}
_ERROR = {"type": "object", "required": ["error", "text"], "properties": {
    "error": {"type": "string", "description": "a code, the same in each language"},
    "text": {"type": "string", "description": "the sentence, in the reader's language (?l=nl, fr, en, de)"},
    "name": {"type": "string", "description": "the setting that was refused"}}}
_BASE = "/api/v1"


class ApiError(Exception):
    """A route that is not described, or a description of none."""


def document(path):
    """The bytes of openapi.json; `path`: static/openapi.txt."""
    told, table = dict(_lines(path)), path.parents[1] / "routes.txt"
    known = {(method, place): who for method, place, who in _routes(table)}
    for one in sorted(set(told) ^ set(known)):
        raise ApiError(f"{' '.join(one)}: in one of routes.txt and openapi.txt only")
    paths = {}
    for (method, place), who in sorted(known.items()):
        paths.setdefault(_BASE + place, {})[method.lower()] = _operation(who, *told[method, place])
    return json.dumps({
        "openapi": "3.1.0",
        "info": {"title": "Jullix", "version": "v1", "license": {"name": "GPL-3.0-or-later"},
                 "description": "Writes need a session's X-Token and Origin, or an API token (Config)."},
        "servers": [{"url": "http://192.168.4.1"}],
        "components": {"schemas": {"Error": _ERROR}, "securitySchemes": {
            "session": {"type": "apiKey", "in": "cookie", "name": "s"},
            "token": {"type": "http", "scheme": "bearer"}}},
        "paths": paths}, separators=(",", ":"), ensure_ascii=False).encode()


def _operation(who, summary, body, answer):
    made = {"summary": summary, "x-least-role": who, "responses": {
        "200": {"description": "done", "content": {"application/json": {"schema": schema(answer)}}},
        "default": {"description": "refused", "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}}}
    if body:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema(body)}}}
    if who != "nobody":
        made["security"] = [{"session": []}, {"token": []}]
    return made


def schema(text):
    """ "a:int b:str?" -> an object's schema; with a star before it a list of such objects (or of rows)."""
    if text.startswith("*"):
        one = {"type": "array", "items": {}} if text == "*row:list" else schema(text[1:])
        return {"type": "array", "items": one}
    if text in ("settings:obj", "document:obj"):
        return {"type": "object"}
    found, needed = {}, []
    for pair in text.split():
        name, kind = pair.rstrip("?").split(":")
        found[name] = dict(_TYPES[kind])
        if pair.endswith("?"):
            found[name]["type"] = [found[name]["type"], "null"]
        else:
            needed.append(name)
    return {"type": "object", "properties": found, "required": needed}


def _lines(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            route, summary, body, answer = [part.strip() for part in line.split("|")]
            method, place = route.split()
            yield (method, place), (summary, body, answer)


def _routes(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            method, place, who, _, _ = line.split()
            if place.startswith(_BASE):
                yield method, place[len(_BASE):], who
