import datetime
import math


def shown(value):
    """A value in the form that the test gives its own values."""
    if value is None:
        return {"kind": "null"}
    if isinstance(value, bool):
        return {"kind": "boolean", "value": value}
    if isinstance(value, int):
        return {"kind": "integer", "value": str(int(value))}
    if isinstance(value, float):
        if math.isnan(value):
            return {"kind": "float", "value": "nan"}
        if math.isinf(value):
            return {"kind": "float", "value": "inf" if value > 0 else "-inf"}
        return {"kind": "float", "value": value.hex()}
    if isinstance(value, (datetime.date, datetime.datetime)):
        return {"kind": "date"}
    if isinstance(value, str):
        return {"kind": "string", "value": str(value)}
    if isinstance(value, (list, tuple, set)):
        return {"kind": "list", "items": [shown(item) for item in value]}
    if isinstance(value, dict):
        return {"kind": "map", "entries": {str(key): shown(item) for key, item in value.items()}}
    return {"kind": type(value).__name__}
