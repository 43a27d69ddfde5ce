"""Answers, as JSON on standard output, what Ansible itself makes of the cases given as JSON on standard input."""

import ast
import json
import shlex
import sys
import warnings

import yaml
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultSecret
from ansible.plugins.filter.core import combine
from ansible.template import Templar
from ansible.vars.manager import VariableManager
from shown import shown

warnings.simplefilter("ignore")


def scalar(text):
    try:
        return shown(yaml.safe_load("- " + text)[0])
    except Exception:
        return {"kind": "error"}


def literal(text):
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return {"kind": "string", "value": text}
    except Exception:
        return {"kind": "error"}
    if isinstance(value, (bytes, complex)) or value is ...:
        return {"kind": "odd"}
    return shown(value)


def words(text):
    try:
        return shlex.split(text, comments=True)
    except ValueError:
        return None


loader = DataLoader()

try:
    from ansible.template import trust_as_template
except ImportError:  # before ansible-core 2.19 every string is trusted

    def trust_as_template(text):
        return text


def rendered(text):
    try:
        return shown(Templar(loader=loader).template(trust_as_template(text)))
    except Exception:
        return {"kind": "error"}


def inventory(path):
    manager = InventoryManager(loader=DataLoader(), sources=[path])
    variables = VariableManager(loader=manager._loader, inventory=manager)
    hosts = {}
    for host in manager.get_hosts("all"):
        found = variables.get_vars(host=host, include_hostvars=False)
        magic = set(variables._get_magic_variables(None, host, None, False)) | {
            "inventory_file",
            "inventory_dir",
            "inventory_hostname",
            "inventory_hostname_short",
            "group_names",
            "groups",
            "omit",
            "ansible_version",
            "playbook_dir",
            "ansible_playbook_python",
            "ansible_config_file",
            "vars",
        }
        hosts[host.name] = {
            "variables": {
                name: shown(value)
                for name, value in found.items()
                if name not in magic and not name.startswith("ansible_facts")
            },
            "groups": sorted(group.name for group in host.get_groups()),
        }
    return hosts


def effective(question):
    """Each setting of the inventory's host as the playbook's roles compute it: their extension is merged last."""
    loader = DataLoader()
    loader.set_vault_secrets([("default", VaultSecret(b"invented"))])
    manager = InventoryManager(loader=loader, sources=[question["inventory"]])
    variables = VariableManager(loader=loader, inventory=manager)
    (host,) = manager.get_hosts("all")
    found = variables.get_vars(host=host, include_hostvars=False)
    templar = Templar(loader=loader, variables=found)

    def value(setting):
        name, extension, path = setting["name"], setting["extension"], setting["path"]
        text = f"{{{{ {extension} | default('') }}}}"
        parsed = templar.template(trust_as_template(text)) if extension in found else ""
        parsed = yaml.safe_load(parsed) if isinstance(parsed, str) else parsed
        own = {}
        if name in found:
            own = templar.template(trust_as_template(f"{{{{ {name} }}}}"))
            for key in reversed(path):
                own = {key: own}
        merged = combine(own, parsed if isinstance(parsed, dict) else {}, recursive=True)
        for key in path:
            if not isinstance(merged, dict) or key not in merged:
                return None
            merged = merged[key]
        return shown(merged)

    return [value(setting) for setting in question["settings"]]


cases = json.load(sys.stdin)
json.dump(
    {
        "scalars": [scalar(text) for text in cases.get("scalars", [])],
        "literals": [literal(text) for text in cases.get("literals", [])],
        "words": [words(text) for text in cases.get("words", [])],
        "rendered": [rendered(text) for text in cases.get("rendered", [])],
        "inventories": [inventory(path) for path in cases.get("inventories", [])],
        "effective": [effective(question) for question in cases.get("effective", [])],
    },
    sys.stdout,
)
