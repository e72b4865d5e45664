"""What several folders of tests share."""

import json
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, settings

# Examples write and read workbooks: slowness is no failure, and making a failing seed smaller
# would take minutes and show nothing.
settings.register_profile(
    "ctk",
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("ctk")


def read_here(patch):
    """Read files in the test's own process: starting workers costs more than most tests."""
    from ctk.commands import loading
    from ctk.intake.extract import extract
    from ctk.intake.passwords import NO_PASSWORDS

    class Reader:
        def __init__(self, paths, age_groups=None, passwords=NO_PASSWORDS, own=()):
            self.paths = paths
            self.own = own
            self.age_groups = age_groups
            self.passwords = passwords

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def extracts(self, progress):
            for path in self.paths:
                yield extract(path, self.age_groups, self.passwords.of(path), own=self.own)
                progress(1)

    patch.setattr(loading, "FileReader", Reader)


@pytest.fixture
def in_process(monkeypatch):
    """Read files without workers."""
    read_here(monkeypatch)


@pytest.fixture(scope="module")
def reading_here():
    """The same for what a module makes once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CTK_LANG", raising=False)
        read_here(patch)
        yield


class Answer(NamedTuple):
    """What one run of the command line left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        """The one document on stdout."""
        return json.loads(self.out)


@pytest.fixture
def ctk(in_process, capsys, monkeypatch, tmp_path):  # noqa: ARG001  (another fixture)
    """Run a command line in this process, in an empty folder and without settings."""
    from ctk.cli.main import run

    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.delenv("CTK_LANG", raising=False)

    def call(*arguments):
        code = run([str(argument) for argument in arguments])
        return Answer(code, *capsys.readouterr())

    return call
