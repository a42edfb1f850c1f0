"""Training of the attribution model: `python -m pullquote.training --help`; needs the extra
`pullquote[train]`.
"""
