"""Datasets of very many documents, read on many machines by Ray or Spark.

``ray_batch`` and ``spark_batch`` make the dataset that ``nianbao.batch`` makes of the same inputs, byte for byte. The files and the
dataset must stand where every machine sees them under the same path, and every machine must have this package. The engine reads
parts of the inputs, each document in a process of its own that may die alone; when all are read, this process writes the dataset.

A part that is there is whole. So a machine that dies costs the parts that it was at; the same call, made again, goes on with the
parts that are missing. Whether one machine is enough, ``docs/SCALE.md`` tells.

>>> from nianbao.distributed import ray_batch
>>> summary = ray_batch("crawl/", "dataset", formats=["parquet"])  # doctest: +SKIP
"""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from . import _nianbao
from ._reading import BatchSummary, StrPath, _asked, _interpreter, _several

if TYPE_CHECKING:
    import pyarrow as _arrow
    from pyspark.sql import SparkSession

__all__ = ["ray_batch", "spark_batch"]

_Read: TypeAlias = Callable[["_arrow.Table"], "_arrow.Table"]
_Engine: TypeAlias = Callable[["_arrow.Table", _Read], int]

_BLOCKS = 10_000
"""Tasks that an engine is given at most; each reads one part or several."""


def ray_batch(
    inputs: StrPath | Iterable[StrPath],
    out: StrPath,
    *,
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
    encoding: str | None = None,
    password: str | None = None,
    formats: Iterable[str] | None = None,
    csv_bom: bool = False,
    overlay: StrPath | None = None,
    part_bytes: int = 64 << 20,
    part_files: int = 256,
) -> BatchSummary:
    """Reads inputs into a dataset with Ray Data, in the cluster that ``ray.init`` has named, or else on this machine.

    The options are those of ``nianbao.batch``; the overlay is read by this process only. A part is so many files of so many bytes at
    most; a larger file is a part of its own, and takes one processor as long as it takes. Raises what ``nianbao.batch`` raises.
    """
    asked = _absolute(inputs, out, include, exclude, encoding, password, formats, csv_bom, overlay)
    return _run(_by_ray, asked, part_bytes, part_files)


def spark_batch(
    spark: "SparkSession",
    inputs: StrPath | Iterable[StrPath],
    out: StrPath,
    *,
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
    encoding: str | None = None,
    password: str | None = None,
    formats: Iterable[str] | None = None,
    csv_bom: bool = False,
    overlay: StrPath | None = None,
    part_bytes: int = 64 << 20,
    part_files: int = 256,
) -> BatchSummary:
    """The same as ``ray_batch``, in the cluster of a Spark session."""
    asked = _absolute(inputs, out, include, exclude, encoding, password, formats, csv_bom, overlay)
    return _run(partial(_by_spark, spark), asked, part_bytes, part_files)


def _absolute(
    inputs: StrPath | Iterable[StrPath],
    out: StrPath,
    include: Iterable[str],
    exclude: Iterable[str],
    encoding: str | None,
    password: str | None,
    formats: Iterable[str] | None,
    csv_bom: bool,
    overlay: StrPath | None,
) -> "_nianbao._Asked":
    """The options; a worker has another working directory, and the paths are what the documents are called by."""
    paths = list(_several(inputs))
    if relative := [os.fspath(path) for path in [*paths, out] if not os.path.isabs(path)]:
        raise ValueError(f"{relative[0]}: not a whole path, so that other machines would look for it elsewhere")
    return _asked(paths, out, include, exclude, encoding, password, None, formats, csv_bom, overlay=overlay)


def _run(engine: _Engine, asked: "_nianbao._Asked", part_bytes: int, part_files: int) -> BatchSummary:
    import pyarrow

    plan = _nianbao.plan(asked, part_bytes, part_files)
    # The largest first, for what begins last is waited for.
    parts = [json for _, _, json in sorted(plan, key=lambda part: -part[1])]
    read = engine(pyarrow.table({"part": pyarrow.array(parts, pyarrow.large_string())}), partial(_read, asked))
    made = BatchSummary(**_nianbao.join(asked, [name for name, _, _ in plan]))
    return replace(made, read=read, known=made.known - read)


def _read(asked: "_nianbao._Asked", parts: "_arrow.Table") -> "_arrow.Table":
    """Reads parts on the machine that this is called on."""
    import pyarrow

    # Corrections are taken where the dataset is written.
    here: _nianbao._Asked = {**asked, "jobs": 1, "overlay": None, "interpreter": _interpreter()}
    read = [_nianbao.read_part(here, part) for part in parts.column("part").to_pylist()]
    return pyarrow.table({"read": pyarrow.array(read, pyarrow.int64())})


def _by_ray(parts: "_arrow.Table", read: _Read) -> int:
    import ray.data

    size = -(-len(parts) // _BLOCKS)
    blocks = [parts.slice(first, size) for first in range(0, len(parts), size)]
    done = ray.data.from_arrow(blocks).map_batches(read, batch_format="pyarrow", batch_size=1)
    rows: list[dict[str, int]] = done.take_all()
    return sum(row["read"] for row in rows)


def _by_spark(spark: "SparkSession", parts: "_arrow.Table", read: _Read) -> int:
    def each(batches: "Iterator[_arrow.RecordBatch]") -> "Iterator[_arrow.RecordBatch]":
        import pyarrow

        for batch in batches:
            yield from read(pyarrow.Table.from_batches([batch])).to_batches()

    frame = spark.createDataFrame(parts).repartition(min(len(parts), _BLOCKS))
    rows = frame.mapInArrow(each, "read long").collect()
    return sum(int(row["read"]) for row in rows)
