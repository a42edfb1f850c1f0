"""An object server of our own, for corpora that lie on none of this machine's disks."""

import importlib.util
from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A bucket `news` on an object server of our own, and what fsspec has to be told of it."""
    if importlib.util.find_spec("s3fs") is None:
        pytest.skip("s3fs is not installed")
    moto = pytest.importorskip("moto.server")
    import fsspec

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    server = moto.ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    forget = Request(f"http://127.0.0.1:{port}/moto-api/reset", method="POST")
    urlopen(forget).close()  # all servers of a process have the same buckets
    storage = {"endpoint_url": f"http://127.0.0.1:{port}", "skip_instance_cache": "true"}
    fsspec.filesystem("s3", endpoint_url=storage["endpoint_url"]).mkdir("news")
    yield storage
    server.stop()
