"""The analysis over any number of articles on an existing engine, and questions to the result.

Dask distributes, Arrow and Parquet store, DuckDB answers. The way through: inputs are divided into
parts (parts.py), a worker reads the articles of a part (inputs.py), analyses them, and writes their
rows into tables (tables.py), a file a partition; what is asked is asked of these files. No other
room imports Dask, Arrow or DuckDB, and each of ours does so where it needs it.
"""
