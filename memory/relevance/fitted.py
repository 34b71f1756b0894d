"""Weights fitted on three LoCoMo conversations, by embedder: features, then calibration. Made, not written by hand.

``python -m benchmarks.locomo --fit`` writes it: ``TURN`` from the turns, ``NOTE`` from the observations.
"""

TURN: dict[str, tuple[dict[str, float], dict[str, float]]] = {
    "minilm": (
        {
            "own words": 0.6118,
            "with the one before": 1.0925,
            "with neighbours": 2.777,
            "session": 0.6839,
            "pairs of words": 0.6739,
            "speaker": 2.8451,
            "month": 1.6201,
            "day": 2.5081,
            "asks": -0.5269,
            "length": 2.3998,
            "opening": 0.353,
            "answer": 1.0281,
            "time": 1.2509,
            "time by own words": 1.4003,
            "cosine": 2.7469,
            "cosine of the next": 0.9959,
            "cosine of the session": 2.3679,
        },
        {
            "base": -3.3053,
            "share": 1.1183,
            "coverage": 1.7655,
            "cosine": 4.4155,
        },
    ),
    "none": (
        {
            "own words": 0.7488,
            "with the one before": 1.5038,
            "with neighbours": 3.3323,
            "session": 1.1332,
            "pairs of words": 0.9481,
            "speaker": 2.8449,
            "month": 1.6566,
            "day": 2.3846,
            "asks": -0.5677,
            "length": 1.7544,
            "opening": 0.4449,
            "answer": 1.3128,
            "time": 1.2292,
            "time by own words": 1.4617,
        },
        {
            "base": -1.3518,
            "share": 1.0705,
            "coverage": 2.3865,
        },
    ),
    "wordllama": (
        {
            "own words": 0.4542,
            "with the one before": 1.1813,
            "with neighbours": 2.9474,
            "session": 0.7333,
            "pairs of words": 0.6243,
            "speaker": 2.8941,
            "month": 1.7188,
            "day": 2.4134,
            "asks": -0.5279,
            "length": 2.5486,
            "opening": 0.2514,
            "answer": 1.1107,
            "time": 1.2312,
            "time by own words": 1.4953,
            "cosine": 2.0948,
            "cosine of the next": 0.7795,
            "cosine of the session": 2.2331,
        },
        {
            "base": -2.7316,
            "share": 1.1115,
            "coverage": 1.8542,
            "cosine": 3.2962,
        },
    ),
}
NOTE: dict[str, tuple[dict[str, float], dict[str, float]]] = {
    "minilm": (
        {
            "own words": 1.26,
            "coverage": 3.64,
            "pairs of words": 1.35,
            "cosine": 6.22,
        },
        {
            "base": -10.8,
            "score": 1.0,
        },
    ),
    "none": (
        {
            "own words": 2.63,
            "coverage": 4.33,
            "pairs of words": 1.76,
        },
        {
            "base": -7.16,
            "score": 1.0,
        },
    ),
    "wordllama": (
        {
            "own words": 1.24,
            "coverage": 3.83,
            "pairs of words": 1.45,
            "cosine": 4.25,
        },
        {
            "base": -9.08,
            "score": 1.0,
        },
    ),
}
