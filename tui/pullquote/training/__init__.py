"""Training of the attribution model: `python -m pullquote.training`; needs `pullquote[train]`."""
