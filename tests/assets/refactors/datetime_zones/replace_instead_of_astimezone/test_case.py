from datetime import datetime, timezone

import subject


def test_a_moment_without_a_zone_is_in_utc():
    assert subject.utc(datetime(2024, 5, 1, 12)) == datetime(2024, 5, 1, 12, tzinfo=timezone.utc)


def test_a_moment_in_utc_stays():
    moment = datetime(2024, 5, 1, 12, 30, tzinfo=timezone.utc)
    assert subject.utc(moment) == moment


def test_text_is_read_and_written():
    assert subject.parse("2024-05-01").tzinfo is timezone.utc
    assert subject.stamp("2024-05-01T07:08:09") == "2024-05-01T07:08:09Z"
    assert subject.stamp("2024-05-01T07:08:09+00:00") == "2024-05-01T07:08:09Z"
