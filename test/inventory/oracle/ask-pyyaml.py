"""What PyYAML makes of YAML texts: reads a JSON list, prints a list of values by both of its parsers."""

import json
import sys

import yaml
from shown import shown


def loaded(text, loader):
    try:
        return shown(yaml.load(text, loader))
    except RecursionError:
        return {"kind": "recursion"}
    except Exception:
        return {"kind": "error"}


json.dump(
    [[loaded(text, yaml.CSafeLoader), loaded(text, yaml.SafeLoader)] for text in json.load(sys.stdin)], sys.stdout
)
