"""A program whose single-call functions became part of their callers does what it did before."""

import ast
import asyncio

import pytest

from host_tests.rooms.tools.inline_programs import PROGRAMS
from tools.build.inline import inline


def inlined(text, outside=()):
    trees = {"firmware/one.mpy": ast.parse(text)}
    told = inline(trees, set(outside) | {"main"})
    return ast.unparse(trees["firmware/one.mpy"]), told


def run(text, *arguments):
    space = {}
    exec(compile(text, "one", "exec"), space)
    return space["main"](*arguments)


# (what it is about, program, what goes; None: nothing may, arguments of main to try)
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda one: one[0])
def test_it_does_the_same(program):
    _, text, goes, tries = program
    made, told = inlined(text)
    for x in tries:
        assert run(made, x) == run(text, x)
    if goes:
        assert goes in told
        assert "def " + goes.split()[0] not in made
    else:
        assert not told


AWAITED = """
import asyncio

class Bus:
    def __init__(self):
        self.told = []

    async def ask(self, x):
        try:
            await self._wait(x)
            answer = await self._answer(x)
            return answer
        except ValueError as error:
            return str(error)
        finally:
            self._rest()

    async def _wait(self, x):
        if x < 0:
            return
        await asyncio.sleep(0)
        self.told.append(x)

    async def _answer(self, x):
        await asyncio.sleep(0)
        if x > 5:
            raise ValueError("large %d" % x)
        return x * 2

    def _rest(self):
        self.told.append("rest")

async def main(x):
    bus = Bus()
    return await bus.ask(x), bus.told
"""


@pytest.mark.parametrize("x", [-1, 3, 9])
def test_what_is_awaited_is_awaited_there(x):
    made, told = inlined(AWAITED)
    assert {"_wait in ask", "_answer in ask", "_rest in ask"} == set(told)
    assert asyncio.run(run(made, x)) == asyncio.run(run(AWAITED, x))


def test_a_name_that_others_mean_stays():
    text = PROGRAMS[0][1]
    assert inlined(text)[1] and not inlined(text, outside=["_step"])[1]
