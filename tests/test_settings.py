"""The settings file: what is wrong in it is said in one line with a way out."""

from pathlib import Path

import pytest

from pullquote.settings import BadSettings, Settings, load, save_setting


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('them = "nord"', 'line 1: unknown setting "them"; did you mean "theme"?'),
        (
            'theme = "nord"\n[keymap]\n"quote.nxt" = "n"',
            'line 3: keymap: unknown action "quote.nxt"; did you mean "quote.next"?',
        ),
        (
            '[keymap]\n"quote.next" = "n,x"\n"quote.previous" = "x"',
            'line 3: keymap: "x" is given to "quote.next" and to "quote.previous"; give one',
        ),
        ("column = 300", "line 1: column: Expected `int` <= 120"),
        ('column = "wide"', "line 1: column: Expected `int`, got `str`"),
        ("column = ", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_said_with_file_line_key_and_a_way_out(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(BadSettings) as error:
        load(path, [["quote.next", "quote.previous"], ["selecting.left"]])
    assert str(path) in str(error.value)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_key_may_do_one_thing_while_reading_and_another_while_selecting(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keymap]\n"quote.next" = "x"\n"selecting.left" = "x"\n')
    assert load(path, [["quote.next"], ["selecting.left"]]).keymap["selecting.left"] == "x"


def test_spaces_between_keys_are_no_keys(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keymap]\n"quote.next" = "n, ctrl+n"\n')
    assert load(path, [["quote.next"]]).keymap == {"quote.next": "n,ctrl+n"}


def test_keeping_a_theme_keeps_the_readers_comments(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("# mine\ncolumn = 72  # narrow\n")
    save_setting("theme", "nord")
    assert path.read_text() == '# mine\ncolumn = 72  # narrow\ntheme = "nord"\n'


def test_a_theme_is_written_through_a_link_to_the_settings(tmp_path: Path) -> None:
    """As those have it who keep their settings in a folder of their own."""
    (tmp_path / "dotfiles").mkdir()
    real, link = tmp_path / "dotfiles" / "pullquote.toml", tmp_path / "config.toml"
    real.write_text("column = 72\n")
    link.symlink_to(real)
    save_setting("theme", "nord")
    assert link.is_symlink()
    assert real.read_text() == 'column = 72\ntheme = "nord"\n'
    assert sorted(one.name for one in tmp_path.rglob("*")) == [
        "config.toml",
        "dotfiles",
        "pullquote.toml",
    ]
