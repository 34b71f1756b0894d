from __future__ import annotations

import pytest

from nova.proof.source_readers import readings


@pytest.mark.parametrize(
    "text",
    [
        "import inspect\nx = inspect.getsource(f)\n",
        "from inspect import getsource as g\n",
        "import linecache\n",
        "import doctest\n",
        "from linecache import getline\n",
        "x = open(__file__).read()\n",
        "from pathlib import Path\nx = Path(__file__).read_text()\n",
        "x = Path(__file__).resolve().read_bytes()\n",
        "x = open(os.path.abspath(__file__))\n",
        "x = io.open(__file__)\n",
        "x = __loader__.get_source('a')\n",
        "x = f.__code__.co_firstlineno\n",
        "x = sys._getframe().f_lineno\n",
        "@torch.jit.script\ndef f(): ...\n",
        "@triton.jit(debug=True)\ndef f(): ...\n",
        "@tf.function\ndef f(): ...\n",
        "match x:\n    case inspect.getsource: pass\nexcept* linecache\n",
    ],
)
def test_what_reads_source_text_is_found(text: str) -> None:
    assert readings(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "from pathlib import Path\nHERE = Path(__file__).parent\n",
        "x = (Path(__file__).parent / 'data.txt').read_text()\n",
        "x = open(os.path.join(os.path.dirname(__file__), 'a.txt'))\n",
        "import inspect\nx = inspect.signature(f)\n",
        "x = 'getsource'\n",
        "x = open('__file__')\n",
        "def doctested(): ...\n",
        "@property\ndef f(self): ...\n",
    ],
)
def test_what_only_finds_its_folder_or_speaks_of_source_is_not(text: str) -> None:
    assert readings(text.encode()) == []
