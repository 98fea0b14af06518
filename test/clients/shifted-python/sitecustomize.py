"""Python loads this module at startup: it shifts the clock by the current value of TEST_CLOCK_OFFSET_MS."""

import datetime
import os
import time

machine = datetime.datetime


def shifted_time():
    return time.time() + int(os.environ.get("TEST_CLOCK_OFFSET_MS", "0")) / 1000


class EveryDatetime(type):
    def __instancecheck__(cls, value):
        return isinstance(value, machine)


class ShiftedDatetime(machine, metaclass=EveryDatetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(shifted_time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(shifted_time(), datetime.timezone.utc).replace(tzinfo=None)


datetime.datetime = ShiftedDatetime
