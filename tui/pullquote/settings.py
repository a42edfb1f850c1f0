"""The user's settings, and where files are kept on this system.

One TOML file holds the settings and the keymap. It is read with the standard library and checked
against `Settings`; an error in it is one line with the file, the line, the key and the nearest
valid one.
"""

import difflib
import errno
import os
import tomllib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from pullquote.errors import PullquoteError
from pullquote.files import replacing

_NAME = "pullquote"


def config_file() -> Path:
    """The settings file: `$PULLQUOTE_CONFIG`, or `config.toml` in the user's config folder.

    Raises `FileNotFoundError` for an unknown user's folder.
    """
    from platformdirs import user_config_dir

    given = os.environ.get("PULLQUOTE_CONFIG")
    return expanded(given) if given else Path(user_config_dir(_NAME)) / "config.toml"


def data_dir(override: str | None = None) -> Path:
    """The library's folder: `override`, `$PULLQUOTE_DATA`, or the user's data folder.

    Raises `FileNotFoundError` for an unknown user's folder.
    """
    from platformdirs import user_data_dir

    given = override or os.environ.get("PULLQUOTE_DATA")
    return expanded(given) if given else Path(user_data_dir(_NAME))


def expanded(path: str) -> Path:
    """`path` with `~` and `~user` expanded. Raises `FileNotFoundError` for an unknown user."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise FileNotFoundError(errno.ENOENT, "no such user", path) from error


def shipped(folder: str) -> Path:
    """A folder shipped with the program: inside the package, or at the root of a checkout."""
    package = Path(__file__).parent
    inside = package / folder
    return inside if inside.is_dir() else package.parent.parent / folder


class BadSettings(PullquoteError):
    """The settings file cannot be used; the message, one line, names the file, key and way out."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings, with their defaults."""

    theme: str = "pullquote-dark"
    model: str = "en_core_web_sm"
    """The shipped spaCy pipeline, or any installed one with a parser and entities."""
    column: Annotated[int, msgspec.Meta(ge=40, le=120)] = 84
    """The widest column of text, in cells."""
    max_bytes: Annotated[int, msgspec.Meta(ge=1000)] = 20_000_000
    """The largest source that is read, in bytes."""
    keep_originals: bool = True
    """Whether the bytes that an article was read from are kept in the library."""
    largest_original: Annotated[int, msgspec.Meta(ge=0)] = 10_000_000
    """The largest original that is kept, in bytes."""
    feed_items: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 20
    """The most articles that come in when a feed is fetched for the first time, the newest."""
    inbox_order: Literal["age", "site"] = "age"
    """In which the inbox is gone through."""
    highlights: tuple[str, str, str, str, str] = (
        "important",
        "question",
        "check",
        "quote",
        "context",
    )
    """The names of the five kinds of highlight."""
    verdicts: tuple[str, ...] = ("true", "mostly true", "half true", "mostly false", "false")
    """The scale for claims, best first."""
    verdicts_unrated: tuple[str, ...] = ("unverifiable", "opinion")
    """Verdicts that are not on the scale."""
    claims_order: Literal["text", "checkable", "sourcing", "verdict", "speaker"] = "text"
    """In which the pane of claims is sorted."""
    reader: str = ""
    """The user's name, as the author of exports."""
    reader_url: str = ""
    """The web address of the user or their organisation."""
    keymap: dict[str, str] = {}
    """Comma-separated keys by action id; "" leaves an action without keys."""

    @property
    def original_limit(self) -> int:
        """The largest original that is kept, in bytes; less than 0 for none."""
        return self.largest_original if self.keep_originals else -1

    def highlight(self, kind: int) -> str:
        """The name of a kind of highlight, 1 to 5; "" for any other number."""
        return self.highlights[kind - 1] if 1 <= kind <= len(self.highlights) else ""


def load(path: Path | None = None, places: Sequence[Collection[str]] = ()) -> Settings:
    """Read the settings; the defaults if there is no file.

    Args:
        path: The settings file; by default `config_file()`.
        places: The action ids that the keymap may name, by the places where their keys work: at
            one place a key does one thing. If empty, the keymap is not checked.

    Raises:
        BadSettings: The file cannot be read, or something in it is wrong.
    """
    path = path or config_file()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(
            f"{path}: cannot be read: {error}; fix the file or its permissions"
        ) from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"{path}: not valid TOML: {error}") from error
    _check_names(path, text, "", values, Settings.__struct_fields__, "setting")
    actions = [action for place in places for action in place]
    if actions and isinstance(values.get("keymap"), dict):
        _check_names(path, text, "keymap: ", values["keymap"], actions, "action")
    try:
        settings = msgspec.convert(values, Settings)
    except msgspec.ValidationError as error:
        key = str(error).partition("$.")[2].partition("`")[0].partition("[")[0].partition(".")[0]
        raise BadSettings(
            f"{path}{_line(text, key)}: {key}: {str(error).partition(' - at')[0]}"
        ) from error
    keymap = {one: keys.replace(" ", "") for one, keys in settings.keymap.items()}
    for place in places:
        _check_keys(path, text, {one: keys for one, keys in keymap.items() if one in place})
    return msgspec.structs.replace(settings, keymap=keymap)


def _check_names(
    path: Path, text: str, place: str, given: dict[str, Any], known: Collection[str], what: str
) -> None:
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1, 0.5)
            hint = (
                f'; did you mean "{near[0]}"?' if near else f"; known: {', '.join(sorted(known))}"
            )
            raise BadSettings(f'{path}{_line(text, name)}: {place}unknown {what} "{name}"{hint}')


def _check_keys(path: Path, text: str, keymap: dict[str, str]) -> None:
    """Refuse two actions with one key, of which one would never be heard."""
    taken: dict[str, str] = {}
    for action, keys in keymap.items():
        for key in filter(None, keys.split(",")):
            other = taken.setdefault(key, action)
            if other != action:
                raise BadSettings(
                    f'{path}{_line(text, action)}: keymap: "{key}" is given to "{other}" and to '
                    f'"{action}"; give one of them another key'
                )


def _line(text: str, key: str) -> str:
    """The line on which `key` is set, as a message has it; "" if it is not found."""
    for number, line in enumerate(text.splitlines(), 1):
        if key and line.split("=")[0].strip().strip("\"'") in (key, f"[{key}]"):
            return f", line {number}"
    return ""


def save_setting(name: str, value: str) -> None:
    """Save one setting in the settings file, leaving everything else in it as it was.

    Raises `BadSettings`.
    """
    import tomlkit
    from tomlkit.exceptions import ParseError

    path = config_file()
    try:
        document = (
            tomlkit.parse(path.read_text(encoding="utf-8-sig"))
            if path.exists()
            else tomlkit.document()
        )
        if document.get(name) == value:
            return
        document[name] = value
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            file.write(tomlkit.dumps(document).encode())
    except (OSError, UnicodeDecodeError, ParseError) as error:
        raise BadSettings(
            f"{path}: {name} could not be saved: {error}; fix the file or its permissions"
        ) from error


def describe(settings: Settings, path: Path, data: Path) -> str:
    """The settings in effect as a TOML settings file, with the files' places as comments."""
    import tomlkit

    state = "" if path.exists() else " (does not exist; these are the defaults)"
    head = f"# settings: {path}{state}\n# library:  {data}\n"
    values = msgspec.to_builtins(settings)
    return head + tomlkit.dumps(
        {key: list(v) if isinstance(v, tuple) else v for key, v in values.items()}
    )
