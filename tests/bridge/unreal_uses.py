"""Finds in a Python text every use of the engine that a table of signatures does not know.

Objects are followed as far as assignments within a function tell their class. A method of an object whose class is not
told must be one of the engine's, called with its arguments, or one of Python's or the text's own.
"""

import array
import ast
import collections
import fractions
import pathlib
import re

# What a variable or an attribute of this name holds wherever it comes from.
HOLDERS = {
    "controller": "AnimationDataController",
    "data_model_interface": "AnimationDataModel",
    "sequence": "AnimSequence",
}
# Functions of the module that give an object of the class in their first argument.
GIVES_FIRST = {"get_editor_subsystem", "get_engine_subsystem", "get_default_object", "new_object"}
PYTHON_TYPES = (
    *(str, bytes, bytearray, int, float, list, dict, set, tuple, Exception),
    *(array.array, collections.deque, fractions.Fraction, pathlib.Path, re.Pattern, re.Match),
)
PYTHON = {name for type_ in PYTHON_TYPES for name in dir(type_)} | {"__name__", "hexdigest"}


def own_names(texts):
    """Give the names of functions, classes and attributes that texts make themselves."""
    names = set()
    for text in texts:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                names.add(node.name)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _is(node.value, "self"):
                names.add(node.attr)
            elif isinstance(node, ast.Assign):
                names.update(target.id for target in node.targets if isinstance(target, ast.Name))
    return names


def strange(text, table, own):
    """Give what the table does not know, in the order of the text."""
    tree = ast.parse(text)
    guarded = {
        node.args[1].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _is(node.func, "hasattr") and _is(node.args[0], "unreal")
    }
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    for guard, names in table["guards"].items():
        guarded.update(names if guard in called else ())
    modules = {
        (alias.asname or alias.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    } - {"unreal"}
    reader = _Reader(table, own, guarded, modules)
    reader.visit(tree)
    return reader.found


def _is(node, name):
    return isinstance(node, ast.Name) and node.id == name


class _Reader(ast.NodeVisitor):
    def __init__(self, table, own, guarded, modules):
        self._table = table
        self._functions = table["functions"]
        self._own = own | PYTHON
        self._guarded = guarded
        self._modules = modules
        self._known = {
            *table["module"],
            *table["functions"],
            *table["enums"],
            *table["structs"],
            *table["classes"],
        }
        self._fields = {
            *(name for fields in table["properties"].values() for name in fields),
            *(name for fields in table["structs"].values() for name in fields),
            *("translation", "rotation", "scale3d", "name", "id"),
        }
        # Variable -> ("class" or "instance", name).
        self._variables = {}
        self.found = []

    def visit_FunctionDef(self, node):
        before, self._variables = self._variables, {}
        self.generic_visit(node)
        self._variables = before

    def visit_Assign(self, node):
        self.generic_visit(node)
        for target in node.targets:
            if isinstance(target, ast.Name):
                self._variables[target.id] = self._type_of(node.value)

    def visit_Call(self, node):
        if isinstance(node.func, ast.Attribute):
            self._check_call(node)
            if not _is(node.func.value, "unreal"):
                self.visit(node.func.value)
        else:
            self.visit(node.func)
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            self.visit(argument)

    def visit_Attribute(self, node):
        if _is(node.value, "unreal"):
            self._check_name(node.attr)
        else:
            self.visit(node.value)
            kind, type_ = self._type_of(node.value) or (None, None)
            if kind == "class":
                if node.attr not in self._functions.get(type_, {}) and node.attr not in self._table["enums"].get(type_, ()):
                    self.found.append("{}.{}".format(type_, node.attr))
            elif not self._is_python(node.value) and node.attr not in self._fields | self._own:
                self.found.append("?.{}".format(node.attr))

    def _check_name(self, name):
        if name not in self._known and name not in self._guarded:
            self.found.append(name)
        elif name in self._table["optional"] and name not in self._guarded:
            self.found.append("{} without a look whether it is there".format(name))

    def _check_call(self, node):
        name = node.func.attr
        if _is(node.func.value, "unreal"):
            self._check_name(name)
            signature = self._table["module"].get(name, self._table["structs"].get(name))
            if signature is not None:
                self._check_arguments(name, node, [signature])
            return
        kind, type_ = self._type_of(node.func.value) or (None, None)
        if name in ("get_editor_property", "set_editor_property"):
            self._check_property(name, node)
        if type_ is not None:
            own = self._functions.get(type_, {})
            signature = own.get(name, self._functions["Object"].get(name) if kind == "instance" else None)
            if signature is None:
                self.found.append("{}.{}".format(type_, name))
            else:
                self._check_arguments("{}.{}".format(type_, name), node, [signature])
        elif not self._is_python(node.func.value) and name not in self._own:
            signatures = [methods[name] for methods in self._functions.values() if name in methods]
            if signatures:
                self._check_arguments("?.{}".format(name), node, signatures)
            else:
                self.found.append("?.{}".format(name))

    def _check_arguments(self, name, node, signatures):
        if any(isinstance(argument, ast.Starred) for argument in node.args):
            return
        count = len(node.args)
        named = [keyword.arg for keyword in node.keywords]
        problems = []
        for signature in signatures:
            names = [parameter.rstrip("?") for parameter in signature]
            given = {*names[:count], *named}
            lacking = [p for p in signature if not p.endswith("?") and p not in given]
            odd = [key for key in named if key not in names[count:]]
            if count <= len(names) and not lacking and not odd:
                return
            problems.append("{}({})".format(name, ", ".join(signature)))
        self.found.append("arguments of {}".format(" or ".join(dict.fromkeys(problems))))

    def _check_property(self, verb, node):
        if not (node.args and isinstance(node.args[0], ast.Constant)):
            return
        name = node.args[0].value
        kinds = [fields[name] for fields in self._table["properties"].values() if name in fields]
        if not kinds:
            self.found.append("property {}".format(name))
        elif verb == "set_editor_property" and "RW" not in kinds:
            self.found.append("read-only property {}".format(name))

    def _is_python(self, node):
        """Tell whether an expression is plainly no object of the engine: self, a module, a text."""
        if isinstance(node, (ast.Constant, ast.JoinedStr, ast.Dict, ast.List)):
            return True
        return isinstance(node, ast.Name) and (node.id in ("self", "cls") or node.id in self._modules)

    def _type_of(self, node):
        if isinstance(node, ast.Name):
            held = HOLDERS.get(node.id)
            return self._variables.get(node.id) or (("instance", held) if held in self._functions else None)
        if isinstance(node, ast.Attribute):
            if _is(node.value, "unreal"):
                return ("class", node.attr) if node.attr in self._known else None
            held = HOLDERS.get(node.attr)
            return ("instance", held) if held in self._functions else None
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            return None
        name = node.func.attr
        if _is(node.func.value, "unreal"):
            if name in GIVES_FIRST:
                kind, type_ = self._type_of(node.args[0]) or (None, None)
                return ("instance", type_) if type_ in self._functions else None
            return ("instance", name) if name in self._functions else None
        _, type_ = self._type_of(node.func.value) or (None, None)
        given = self._table["returns"].get("{}.{}".format(type_, name))
        return ("instance", given) if given else None
