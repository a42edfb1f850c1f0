# For nix: `nix-build` in this folder, once the places in capitals are filled in.
{
  pkgs ? import <nixpkgs> { },
}:

pkgs.python3Packages.buildPythonApplication rec {
  pname = "pullquote";
  version = "0.1.0";
  pyproject = true;

  src = pkgs.fetchurl {
    url = "SDIST";
    hash = "HASH";
  };

  build-system = [ pkgs.python3Packages.hatchling ];

  dependencies = with pkgs.python3Packages; [
    babel
    brotli
    certifi
    charset-normalizer
    click
    courlan
    dateparser
    feedparser
    ftfy
    httpx
    jinja2
    lxml-html-clean
    markdown-it-py
    mdit-py-plugins
    msgspec
    nameparser
    numpy
    onnxruntime
    platformdirs
    protego
    py3langid
    pyspellchecker
    python-frontmatter
    rapidfuzz
    regex
    rich
    spacy
    text2num
    textual
    tomlkit
    trafilatura
    truststore
    webencodings
    zstandard
  ];

  pythonImportsCheck = [ "pullquote" ];

  meta = {
    description = "A terminal reader for news that shows who says what";
    homepage = "HOMEPAGE";
    license = pkgs.lib.licenses.mit;
    mainProgram = "pullquote";
  };
}
