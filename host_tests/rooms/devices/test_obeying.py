"""Passive mode lost and regained, leases that lapse, answers that are no yes."""

from .desk import MODE, obeying, set_point


def test_a_command_lapses_by_itself(desk):
    obeying(desk, 1500)
    desk.power_w = None
    desk.paper.put(3, 0x020D, 0)
    desk.run(4000)
    assert set_point(desk.said(0x42)[-1][1]) is None
    assert ("inverter_lease_over", (1500,)) in desk.events
    assert desk.names().count("inverter_lease_over") == 1


def test_neutral_means_rest_now(desk):
    obeying(desk, 1500)
    desk.power_w = None
    desk.driver.neutral(desk.now_ms)
    desk.run(100)
    assert set_point(desk.said(0x42)[-1][1]) is None
    desk.run(5000)
    assert "inverter_lease_over" not in desk.names()


def test_leaving_passive_is_seen_by_the_answer_and_mended_by_the_owner(desk):
    obeying(desk, 800)
    desk.paper.status = (0, 1)
    desk.paper.put(3, 0x1200, 0)
    desk.command(900)
    desk.run(300)
    assert (desk.reading.ready, desk.driver.status(desk.now_ms)) == (False, "inverter_not_passive")
    before = len(desk.said(0x42))
    desk.power_w = None
    desk.run(60000)
    assert len(desk.said(0x42)) - before <= 5, "a device that says no is asked rarely"
    assert len([1 for ms, pdu in desk.log if pdu == MODE and ms > 5000]) >= 5
    assert desk.reading.mode == "auto"
    assert desk.names().count("inverter_not_passive") == 1
    desk.paper.status = (3, 0)
    desk.paper.put(3, 0x1200, 3)
    desk.paper.put(3, 0x020D, -80 & 0xFFFF)
    desk.power_w = 800
    desk.run(16000)
    assert desk.reading.ready is True
    assert set_point(desk.said(0x42)[-1][1]) == 800
    assert "inverter_obeys" in desk.names()
    assert desk.driver.status(desk.now_ms) == "inverter_ok"


def test_leaving_passive_is_seen_by_the_register_while_resting(desk):
    desk.run(5000)
    desk.paper.put(3, 0x1200, 0)
    desk.paper.status = (0, 1)
    desk.run(35000)
    assert desk.reading.ready is False
    desk.paper.put(3, 0x1200, 3)
    desk.paper.status = (3, 0)
    desk.run(16000)
    assert desk.reading.ready is True


def test_firmware_without_the_mode_register(desk):
    desk.paper.refused[0x1200] = 2
    desk.run(40000)
    assert len([1 for _, pdu in desk.log if pdu == MODE]) == 1
    assert ("inverter_lacks", ("0x1200",)) in desk.events
    assert desk.reading.ready is True, "it accepted standby: that is proof enough"
    desk.paper.status = (0, 1)
    desk.command(500)
    desk.run(300)
    assert desk.reading.ready is False
    desk.paper.status = (3, 0)
    desk.run(16000)
    assert desk.reading.ready is True


def test_a_mode_register_that_contradicts_obedience_is_not_believed(desk):
    desk.paper.put(3, 0x1200, 0)
    desk.run(60000)
    assert desk.reading.ready is True
    assert ("inverter_mode_doubted", ("auto",)) in desk.events
    assert len([code for code in desk.names() if code in ("inverter_not_passive", "inverter_obeys")]) <= 2


def test_the_mode_is_set_only_when_asked_and_only_once(desk):
    desk.paper.put(3, 0x1200, 0)
    desk.paper.status = (0, 1)
    desk.run(20000)
    assert desk.said(16) == []
    assert desk.driver.set_mode(desk.now_ms) is True
    desk.run(1000)
    assert [pdu.hex() for _, pdu in desk.said(16)] == ["1012000001020003"]
    assert "inverter_mode_set" in desk.names()
    desk.run(60000)
    assert len(desk.said(16)) == 1


def test_a_mode_that_cannot_be_set_is_told(desk):
    desk.run(2000)
    desk.paper.refused[0x1200] = 2
    desk.driver.set_mode(desk.now_ms)
    desk.run(1000)
    assert ("inverter_mode_refused", (2,)) in desk.events
