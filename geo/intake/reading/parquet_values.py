"""Columns of a Parquet file as plain values; one that Python has no room for is kept as text, and told."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

BEYOND = "A time beyond the calendar is kept as the number that stands in the file"
NOT_TEXT = "Bytes that are no UTF-8 were replaced"
NOT_READ = "No value could be read here; it is left empty"
_FAULTS = (pa.ArrowException, ValueError, OverflowError, TypeError, NotImplementedError, ArithmeticError)


def read_column(array: pa.Array) -> tuple[list[Any], dict[int, str]]:
    """Bring a column to Python's values.

    Parameters
    ----------
    array
        Of any type.

    Returns
    -------
    tuple
        A value for each row; and by row, from 0, why its value is not what stands in the file.
    """
    try:
        return _exact(array).to_pylist(), {}
    except MemoryError:
        raise
    except _FAULTS:
        values, reasons = [], dict[int, str]()
        for row, scalar in enumerate(array):
            value, reason = _read_scalar(scalar)
            values.append(value)
            if reason:
                reasons[row] = reason
        return values, reasons


def _exact(array: pa.Array) -> pa.Array:
    """Bring what Python would write otherwise to what stands there.

    Times of day with billionths of a second, which it would cut off, become texts; fractions of 32 bits, which it would
    write with as many digits as those of 64 have, keep their own.
    """
    if array.type == pa.float32():
        return array.cast(pa.string()).cast(pa.float64())
    if array.type != pa.time64("ns"):
        return array
    try:
        return array.cast(pa.time64("us"))
    except pa.ArrowInvalid:
        return array.cast(pa.string())


def _read_scalar(scalar: pa.Scalar[Any]) -> tuple[Any, str]:
    try:
        return scalar.as_py(), ""
    except MemoryError:
        raise
    except _FAULTS:
        pass
    kind = scalar.type
    if pa.types.is_temporal(kind) and isinstance(getattr(scalar, "value", None), int):
        return f"{scalar.value} ({kind})", BEYOND
    if isinstance(scalar, pa.StringScalar | pa.LargeStringScalar):
        return scalar.as_buffer().to_pybytes().decode("utf-8", "replace"), NOT_TEXT
    return None, NOT_READ
