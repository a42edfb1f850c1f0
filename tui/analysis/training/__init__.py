"""Training of the attribution model: `python -m tui.analysis.training --help`; needs the extra `pullquote[train]`."""
