"""What is English in the analysis: word lists (TOML) and the parser's labels."""
