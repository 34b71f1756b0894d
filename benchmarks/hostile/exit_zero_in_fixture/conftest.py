import sys
import threading

import pytest
from places import attempt, places


@pytest.fixture(autouse=True)
def leave(request):
    places()
    attempt("exit in a fixture")
    threading.Thread(target=sys.exit, args=(0,)).start()
    if "raise" in request.node.name:
        sys.exit(0)
    pytest.exit("all is well", returncode=0)
