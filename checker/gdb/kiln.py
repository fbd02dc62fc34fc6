# SPDX-License-Identifier: GPL-2.0-or-later
#
# What gdb does for `kiln debug` before the learner does anything: symbols of
# the kernel, types, the lx- commands, the guest, and a breakpoint at the init
# function of the module, which is loaded while we look on.
#
# The host's side (checker/debug.c) leaves ASK, and asks the guest's agent to
# load the module as soon as the guest runs.
import importlib
import json
import os
import re
import subprocess
import sys

import gdb

RUN = "/tmp/run"
WORK = "/kiln/work"
BUILD = "/kiln/build"
LX = ("constants utils lists rbtree modules dmesg tasks config cpus proc "
      "vfs").split()


class DmesgGdb:
    """gdb for linux.dmesg, which asks for 'printk.c'::prb: our prb, which has
    a type, is in a file of another name."""

    def __getattr__(self, name):
        return getattr(gdb, name)

    def parse_and_eval(self, text):
        return gdb.parse_and_eval(text.replace("'printk.c'::", ""))


def quietly(command):
    return gdb.execute(command, to_string=True)


def in_c(invoke):
    """The lx- commands are written in C's expressions, and the frame that
    somebody looks at may be Rust's."""
    def wrapped(*args):
        was = gdb.parameter("language")
        quietly("set language c")
        try:
            return invoke(*args)
        finally:
            quietly("set language " + was)
    return wrapped


def speak_c(module):
    for item in vars(module).values():
        if (isinstance(item, type) and item.__module__ == module.__name__
                and issubclass(item, (gdb.Command, gdb.Function))):
            item.invoke = in_c(item.invoke)


def import_lx():
    """The kernel's own commands; those that want more of its DWARF than there
    is stay away."""
    sys.path.insert(0, BUILD + "/scripts/gdb")
    for name in LX:
        try:
            speak_c(importlib.import_module("linux." + name))
        except (gdb.error, ImportError) as e:
            print("(lx- commands of %s.py are missing: %s)" % (name, e))
    if "linux.dmesg" in sys.modules:
        sys.modules["linux.dmesg"].gdb = DmesgGdb()


class Log(gdb.Command):
    """The kernel's log since the guest was resumed; lx-dmesg has all of it."""

    def __init__(self):
        super().__init__("log", gdb.COMMAND_DATA)

    def invoke(self, arg, from_tty):
        lines = quietly("lx-dmesg").splitlines()
        mark = re.compile(r"\] kiln: [0-9a-f]{16} ")
        begun = False
        for line in lines:
            begun = begun or mark.search(line)
            if begun and not mark.search(line):
                print(line)


# ---- modules ----

def same_name(name):
    return name.replace("-", "_")


PARKED = 0xffffff0000000000  # where no kernel of ours has anything


class Loads(gdb.Breakpoint):
    """Where a module is about to run: all of it is in its place, and nothing
    has run. Its symbols are put where it was put."""

    def __init__(self, files, target):
        super().__init__("*do_init_module", internal=True)
        self.silent = True
        self.files = files
        self.target = target and same_name(target[:-3])
        self.arrived = False
        self.placed = {}

    def stop(self):
        module = gdb.parse_and_eval("(struct module *)$rdi")
        name = module["name"].string()
        file = self.files.get(same_name(name))
        self.park_inits()
        if file:
            self.place(name, file, dict(self.sections(module)))
        # Breakpoints cannot be made here: once we come back to main().
        wanted = self.target in (None, same_name(name))
        if self.arrived or not (file and wanted):
            return False
        self.arrived = True
        return True

    def place(self, name, file, sections):
        if ".text" not in sections:
            return
        self.drop(name)
        self.placed[name] = (file, sections)
        quietly("add-symbol-file %s %#x %s" % (
            file, sections[".text"],
            " ".join("-s %s %#x" % s for s in sections.items()
                     if s[0] != ".text")))

    def drop(self, name):
        if name in self.placed:
            file, sections = self.placed.pop(name)
            quietly("remove-symbol-file -a %#x" % sections[".text"])

    def park_inits(self):
        """What only init needed has been freed, and a module that comes
        later may stand there."""
        for n, (name, (file, at)) in enumerate(list(self.placed.items())):
            inits = [s for s in at if s.startswith(".init")]
            if all(at[s] < 0xffffffff00000000 for s in inits):
                continue
            for i, s in enumerate(inits):
                at[s] = PARKED + (n << 24) + (i << 20)
            self.place(name, file, at)

    @staticmethod
    def sections(module):
        attrs = module["sect_attrs"]["grp"]["bin_attrs"]
        i = 0
        while attrs[i]:
            attr = attrs[i].dereference()
            yield attr["attr"]["name"].string(), int(attr["private"])
            i += 1


class Unloads(gdb.Breakpoint):
    """Its symbols go with a module: another may come to stand there."""

    def __init__(self, loads):
        super().__init__("*free_module", internal=True)
        self.silent = True
        self.loads = loads

    def stop(self):
        module = gdb.parse_and_eval("(struct module *)$rdi")
        self.loads.drop(module["name"].string())
        return False


class Ends(gdb.Breakpoint):
    """The last moment of a guest."""

    def __init__(self, where, why):
        super().__init__("*" + where, internal=True)
        self.silent = True
        self.why = why

    def stop(self):
        print("\n" + self.why)
        return True


# ---- where to stop ----

def symbols_of(file):
    """Of a .ko: (section, address) -> names."""
    out = subprocess.run(["llvm-nm", "--defined-only", "-f", "sysv", file],
                         capture_output=True, text=True).stdout
    at = {}
    for line in out.splitlines():
        f = [part.strip() for part in line.split("|")]
        if len(f) == 7:
            at.setdefault((f[6], f[1]), []).append(f[0])
    return at


def init_names(file):
    for names in symbols_of(file).values():
        if "init_module" in names:
            return [n for n in names if n != "init_module"]
    return None


def read_lines(name):
    try:
        with open(os.path.join(WORK, name), errors="replace") as f:
            return f.read().splitlines()
    except OSError:
        return []


def find_after(sources, mark, pattern):
    """File and number of the first line with @pattern, from one with @mark
    on."""
    for name in sources:
        seen = False
        for i, line in enumerate(read_lines(name), 1):
            seen = seen or re.search(mark, line)
            if seen and re.search(pattern, line):
                return os.path.basename(name), i
    return None


def rust_function(place):
    """The function that begins there, by its name: a breakpoint there is one
    wherever it has been inlined as well, before its first line."""
    file = None
    for line in quietly("info functions -q -n .").splitlines():
        if line.startswith("File "):
            file = os.path.basename(line[5:].rstrip(":"))
        m = re.match(r"(\d+):\s.*?\bfn (.+?)(<.*>)?\(", line)
        if m and file == place[0] and int(m.group(1)) == place[1]:
            return "-function " + m.group(2)
    return "%s:%d" % place


def first_test(sources):
    for name in sources:
        m = re.search(r"KUNIT_CASE\w*\(\s*(\w+)",
                      "\n".join(read_lines(name)))
        if m and name.endswith(".c"):
            return "%s:%s" % (os.path.basename(name), m.group(1))
    place = find_after([n for n in sources if n.endswith(".rs")],
                       r"#\[test\]", r"\bfn\s")
    return place and rust_function(place)


def first_place(ask):
    """Where to stop, and what to say of it."""
    sources = ask["sources"]
    names = init_names(os.path.join(WORK, ask["target"]))
    if names is None:
        test = first_test(sources)
        return test, "%s has no init function%s." % (
            ask["target"],
            ": this is its first test" if test else ", and no test")
    rust = [n for n in sources if n.endswith(".rs")]
    for name in names:
        place = find_after([n for n in sources if n.endswith(".c")], r"",
                           r"\b%s\s*\(\s*void\s*\)" % re.escape(name))
        if place:
            return "%s:%s" % (place[0], name), None
    place = find_after(rust, r"^\s*impl\b.*\bModule\s+for\b",
                       r"\bfn\s+init\b")
    return rust_function(place) if place else "init_module", None


def make_breaks(ask):
    for place in ask["breaks"]:
        gdb.execute("break " + place)
    if ask["breaks"]:
        return
    place, note = first_place(ask)
    if note:
        print(note)
    if place:
        quietly("break " + place)


def set_up(ask):
    for setting in ("pagination off", "confirm off", "print pretty on",
                    "filename-display basename", "breakpoint pending on",
                    "print asm-demangle on", "debuginfod enabled off",
                    "history save off", "print inferior-events off",
                    "suppress-cli-notifications on"):
        try:
            quietly("set " + setting)
        except gdb.error:
            pass
    if not ask["color"]:
        quietly("set style enabled off")
    quietly("symbol-file %s/vmlinux.debug" % BUILD)
    quietly("add-symbol-file %s/types" % RUN)
    quietly("directory " + WORK)
    quietly("target remote %s/gdb" % RUN)


def main():
    with open(RUN + "/ask") as f:
        ask = json.load(f)
    set_up(ask)
    import_lx()
    Log()
    loads = Loads({same_name(os.path.basename(n)[:-3]):
                   os.path.join(WORK, n) for n in ask["modules"]},
                  # Who says where may mean any of them.
                  None if ask["breaks"] else ask["target"])
    Unloads(loads)
    Ends("vpanic", "The kernel panics: 'bt' shows where. The guest ends "
         "with it.")
    Ends("kernel_restart", "No more of the lesson's plan is to come, and the "
         "guest is about to end.\n'log' shows what it logged.")
    quietly("continue")
    quietly("set suppress-cli-notifications off")
    if loads.arrived:
        make_breaks(ask)
        gdb.execute("continue")


main()
