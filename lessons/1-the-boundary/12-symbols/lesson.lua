-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.12",
  slug = "symbols",
  title = "Symbols between modules",
  minutes = 20,
  needs = { "1.1" },
  kernel = { "7.3" },

  files = {
    given = { "gauge.h", "display.c", "Makefile" },
    edit = { "gauge_rs.rs", "export.c" },
  },

  steps = {
    read "names",
    predict "called-later" {
      question = "What does `insmod display.ko` do, while there is no gauge?",
      choices = {
        { "It works. The call in the exit function is a call into nowhere, and the kernel reports it.",
          log = { "display: lit", "BUG:" } },
        { "It works, and so does the call, if gauge.ko is loaded by then.",
          log = { "display: lit", "gauge: ready" } },
        { "It fails with ENOENT.", log = "display: Unknown symbol gauge_percent (err -2)" },
        "It loads gauge.ko first, and then display.ko.",
      },
      answer = 3,
      try = "called-later",
      run = function(guest)
        guest:insmod("display.ko", nil, { expect = "ENOENT", as = "display.ko too early" })
        guest:insmod "gauge.ko"
        guest:insmod "display.ko"
        guest:rmmod "display"
        guest:rmmod "gauge"
      end,
      why = "All names are looked up before a module's init is called, however late they are used. The kernel "
        .. "writes the addresses into the code itself, so there is no first call that could do it. "
        .. "The error is that of a file that is not found, -2, and which name it was stands only in the log: "
        .. "when `insmod` says \"No such file or directory\" of a file that is there, look at the log.",
    },
    predict "last-year" {
      question = "What does `insmod` of last year's display.ko do, with this year's gauge.ko?",
      choices = {
        { "It is refused: the types of `gauge_percent` differ.", log = "display: disagrees about version" },
        { "It works, and says 50 percent.", log = "display: the tank is at 50 percent" },
        { "It works, and says 100 percent.", log = "display: the tank is at 100 percent" },
      },
      answer = 3,
      try = "last-year",
      run = function(guest)
        guest:insmod "gauge.ko"
        guest:insmod "display.ko"
        guest:rmmod "display"
        guest:rmmod "gauge"
      end,
      why = "Names meet, not types. Each number arrived in a register of 64 bits, of which Rust's `u32` reads the "
        .. "lower half: 3,000,000,000 of 1,705,032,704. `CONFIG_MODVERSIONS`, which your kernel does not have, is "
        .. "against this: a module then carries a checksum of the type of each name that it uses, and `insmod` is "
        .. "refused if the provider's is another. A kernel with Rust makes it of the debug information, by "
        .. "`scripts/gendwarfksyms`.",
    },
    write "the-export",
  },

  run = function(guest)
    guest:insmod("display.ko", nil, { expect = "ENOENT", as = "display.ko too early" })
    guest:insmod "gauge.ko"
    guest:insmod "display.ko"
    guest:insmod "gauge_test.ko"
    guest:rmmod "gauge_test"
    guest:rmmod("gauge", { expect = "EAGAIN", as = "rmmod gauge in use" })
    guest:rmmod "display"
    guest:rmmod "gauge"
  end,

  checks = {
    check "early" { title = "without gauge.ko, display.ko is refused", points = 1,
      job = "display.ko too early", log = "display: Unknown symbol gauge_percent (err -2)" },
    check "value" { title = "display.ko calls into gauge.ko", points = 2,
      job = "insmod display.ko", log = "display: the tank is at 75 percent" },
    check "suite" { title = "so can any other module", points = 2, ktap = "gauge" },
    check "busy" { title = "gauge.ko stays while it is used", points = 1,
      job = "rmmod gauge in use" },
    check "order" { title = "the display goes first, then the gauge", points = 1,
      log = { "display: dark", "gauge: gone" } },
    check "gpl" { title = "a module that is not under the GPL cannot use gauge_percent", points = 1,
      variant = "not-gpl", expect = "build-failed", says = "GPL-only symbol 'gauge_percent'" },
    check "gpl-calls" { title = "nor can it use gauge_calls", points = 1,
      variant = "not-gpl", expect = "build-failed", says = "GPL-only symbol 'gauge_calls'", needs = { "gpl" } },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
    start = {
      "Who uses the two names of `gauge.h`, and who has them?",
      "Begin in Rust: `#[no_mangle]`, and below it `pub extern \"C\" fn gauge_calls() -> u64 { calls() }`.",
      "`export.c` has four lines: two `#include`s, and `EXPORT_SYMBOL_GPL(gauge_percent);` with its like.",
    },
    early = {
      "`display.ko` must be refused as long as there is no gauge. Where else could it have found `gauge_percent`?",
    },
    value = {
      "30 of 40 is 75 percent. What did the display say, and does your function hand both numbers on to `percent`, "
        .. "in their order?",
    },
    suite = {
      "The report has the numbers. Are both parameters, and what is returned, as wide as in `gauge.h`?",
      "If the calls are not counted: `gauge_percent` should call `percent`, which counts, and `gauge_calls` should call "
        .. "`calls`.",
    },
    busy = {
      "The kernel lets the gauge go if nobody uses it. Is it `gauge.ko` that has the functions?",
    },
    order = {
      "Both lines come when a module is unloaded. Did both modules load?",
    },
    gpl = {
      "There are two macros. Which one did you take?",
      "`EXPORT_SYMBOL` offers a name to everybody. What stands on Rust symbols of the kernel, which are all for the GPL "
        .. "only, should be so too: `EXPORT_SYMBOL_GPL`.",
    },
    ["gpl-calls"] = {
      "`gauge_percent` is right. With which macro do you offer `gauge_calls`?",
    },
    clean = {
      "The report names the function in which it happened. Is its signature that of `gauge.h`?",
    },
    E0425 = {
      "Is it about `#[export]`? That looks for your function in the bindings of the kernel's own headers.",
      "Take `#[no_mangle]` in Rust, and leave the export to `export.c`.",
    },
    ["abi-failed"] = {
      "The report names the prototype in C and the function in Rust. `gauge.h` is right.",
    },
    ["build-failed"] = {
      "Does the message come from a compiler, with a line, or from `modpost`, with the name of a module?",
      "`display.ko`, \"symbol 'gauge_percent' undefined\": nobody offers that name. Is it in `export.c`, spelled as in "
        .. "`gauge.h`?",
      "`gauge.ko`, \"exported without definition\": it is offered, but it is not there. Without `#[no_mangle]` its name in "
        .. "the object is a longer one.",
      "An undeclared identifier in `export.c`: the macro wants the prototype, from `gauge.h`.",
    },
  },

  wrong = {
    ["not-exported"] = { verdict = "build-failed" },
    ["one-of-two"] = { verdict = "build-failed" },
    ["no-header"] = { verdict = "build-failed" },
    ["mangled"] = { verdict = "build-failed" },
    ["exported-by-rust"] = { verdict = "build-failed" },
    ["for-everybody"] = "gpl",
    ["one-for-everybody"] = "gpl-calls",
    ["narrow"] = { verdict = "abi-failed" },
  },
}
