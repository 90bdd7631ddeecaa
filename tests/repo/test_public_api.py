"""What the package exports is what it says, and no more."""

import territo_opendata


def test_exports_are_named_sorted_and_few() -> None:
    assert sorted(territo_opendata.__all__) == territo_opendata.__all__
    assert len(territo_opendata.__all__) <= 10
    for name in territo_opendata.__all__:
        assert getattr(territo_opendata, name) is not None
        assert name == "__version__" or getattr(territo_opendata, name).__doc__
