"""Objects with editor properties, names, and classes made in Python."""

import inspect

from ._state import STATE


class Name:
    """A name of the engine: compared without regard to case."""

    __slots__ = ("_text",)

    def __init__(self, text="None"):
        """Take a text or another name."""
        self._text = str(text)

    def __str__(self):
        """Give the text."""
        return self._text

    def __repr__(self):
        """Give the text, marked as a name."""
        return 'Name("{}")'.format(self._text)

    def __eq__(self, other):
        """Compare with a name or a text."""
        return isinstance(other, (Name, str)) and str(other).lower() == self._text.lower()

    def __hash__(self):
        """Hash as equal names do."""
        return hash(self._text.lower())


class Object:
    """An object of the engine: only declared properties, read and written under the editor's rules."""

    # name -> (default, writable)
    PROPERTIES = {}

    def __init__(self, outer=None, name="None"):
        """Start with every property at its default."""
        values = {}
        for base in reversed(type(self).__mro__):
            for key, (default, _) in getattr(base, "PROPERTIES", {}).items():
                values[key] = list(default) if isinstance(default, list) else default
        self.__dict__["_values"] = values
        self.__dict__["_name"] = name

    def __getattr__(self, name):
        """Give a property as an attribute."""
        values = self.__dict__.get("_values", {})
        if name in values:
            return values[name]
        raise AttributeError("'{}' object has no attribute '{}'".format(type(self).__name__, name))

    def __setattr__(self, name, value):
        """Set a property as an attribute; anything else is refused as by the engine's wrappers."""
        if name.startswith("_"):
            self.__dict__[name] = value
            return
        self.set_editor_property(name, value)

    def get_editor_property(self, name):
        """Give a property."""
        if name in self._values:
            return getattr(self, name)
        raise Exception(
            "{0}: Failed to find property '{1}' for attribute '{1}' on '{0}'".format(type(self).__name__, name)
        )

    def set_editor_property(self, name, value):
        """Set a property, where it may be."""
        if name not in self._values:
            raise Exception(
                "{0}: Failed to find property '{1}' for attribute '{1}' on '{0}'".format(type(self).__name__, name)
            )
        writable = next(
            base.PROPERTIES[name][1] for base in type(self).__mro__ if name in getattr(base, "PROPERTIES", {})
        )
        if not writable:
            raise Exception(
                "{}: Property '{}' is read-only and cannot be set".format(type(self).__name__, name)
            )
        self._values[name] = value

    def get_name(self):
        """Give the object's own name."""
        return self._name

    def get_class(self):
        """Give the object's class."""
        return Class(type(self))


class Class:
    """A class as an object."""

    def __init__(self, type_):
        """Stand for a Python class."""
        self._type = type_

    def get_name(self):
        """Give the class's name."""
        return self._type.__name__

    def get_path_name(self):
        """Give the class's path."""
        return "/Script/{}.{}".format(STATE.modules.get(self._type.__name__, "Engine"), self._type.__name__)


def get_default_object(type_):
    """Give the one default object of a class."""
    if type_ not in STATE.default_objects:
        STATE.default_objects[type_] = type_()
    return STATE.default_objects[type_]


def new_object(type, outer=None, name="None", base_type=None):
    """Make an object that is no asset of its own."""
    return type(outer, name)


def ufunction(meta=None, ret=None, params=None, override=None, static=None, pure=None, getter=None, setter=None):
    """Mark a method as one that the engine, and so Remote Control, can call."""

    def mark(method):
        names = list(inspect.signature(method).parameters)[1:]
        if len(names) != len(params or []):
            raise TypeError(
                "{}: {} parameter types for {} arguments".format(method.__name__, len(params or []), len(names))
            )
        method.ufunction = {"params": dict(zip(names, params or [])), "ret": ret}
        return method

    return mark


class _Property:
    def __init__(self, type_):
        self.type = type_


def uproperty(type, meta=None, getter=None, setter=None):
    """Mark an attribute of a class as a property of the engine."""
    return _Property(type)


def uclass():
    """Make a Python class known to the engine as /Engine/PythonTypes.Default__<name>."""

    def make(type_):
        if not issubclass(type_, Object):
            raise TypeError("{} does not derive from an Unreal class".format(type_.__name__))
        marked = {name: mark for name, mark in vars(type_).items() if isinstance(mark, _Property)}
        for name in marked:
            delattr(type_, name)
        type_.PROPERTIES = {name: (mark.type(), True) for name, mark in marked.items()}
        STATE.python_objects[type_.__name__] = get_default_object(type_)
        return type_

    return make


def expect(value, type_, parameter):
    """Refuse a value that the engine could not convert."""
    if type_ is Name:
        type_ = (Name, str)
    elif type_ is float:
        type_ = (float, int)
    wrong = not isinstance(value, type_) or (isinstance(value, bool) and type_ in (int, (float, int)))
    if wrong:
        wanted = " or ".join(t.__name__ for t in type_) if isinstance(type_, tuple) else type_.__name__
        raise TypeError(
            "Failed to convert parameter '{}': cannot nativize '{}' as '{}'".format(
                parameter, type(value).__name__, wanted
            )
        )
    return value
