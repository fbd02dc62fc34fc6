-- SPDX-License-Identifier: GPL-2.0-or-later
local function load_it(guest)
  guest:insmod "gauge.ko"
  guest:rmmod "gauge"
end

return lesson {
  format = 1,
  id = "1.5",
  slug = "helpers",
  title = "Helpers for macros and inlines",
  minutes = 20,
  needs = { "1.4" },
  kernel = { "7.3" },

  files = {
    given = { "gauge.h", "gauge_main.c", "Makefile" },
    edit = { "gauge_helpers.c", "gauge_rs.rs" },
  },
  -- For the experiment that shows why this is no good name.
  kernel_symbols = { "rust_helper_IS_ERR" },

  steps = {
    read "no-symbol",
    predict "bindgen" {
      question = "gauge.h has these, among others:\n\n"
        .. "1. `#define GAUGE_FULL_MV 3300`\n"
        .. "2. `#define GAUGE_VALID BIT(15)`\n"
        .. "3. `#define gauge_is_fresh(word) …`\n"
        .. "4. `static inline int gauge_mv(u16 word) { … }`\n"
        .. "5. `int gauge_read(u16 *word);`\n\n"
        .. "Which of them has bindgen put into its output?",
      choices = {
        { "1, 2, 4 and 5: all but the macro with a parameter, which has no types.",
          log = { "const GAUGE_VALID: there", "fn gauge_mv: there" } },
        { "1, 2 and 5: constants and prototypes.",
          log = { "const GAUGE_VALID: there", "fn gauge_mv: not there" } },
        { "1 and 5.",
          log = { "const GAUGE_FULL_MV: there", "const GAUGE_VALID: not there",
            "fn gauge_is_fresh: not there", "fn gauge_mv: not there", "fn gauge_read: there" } },
      },
      answer = 3,
      try = "bindgen",
      run = load_it,
      why = "bindgen declares what can be linked, and evaluates a macro that is made of literals and operators. An "
        .. "inline function has no symbol, so a declaration of it would be a promise that nobody keeps. And "
        .. "`BIT(15)` uses another macro, one with a parameter, which bindgen does not carry out: "
        .. "even a constant can be missing. (For its own headers the kernel names such constants in "
        .. "`rust/bindings/bindings_helper.h`, as `RUST_CONST_HELPER_…`.)",
    },
    read "the-helper",
    predict "shadow" {
      question = "A module has a C file with a function `rust_helper_IS_ERR`, which prints a line. The kernel "
        .. "has, and exports, one of that name. In the module's Rust, `from_err_ptr` is called. What happens?",
      choices = {
        "The module does not build: the name is taken.",
        { "The line is not printed: code of the kernel crate calls the kernel's.",
          absent = "this is the module's own IS_ERR", job = "insmod gauge.ko" },
        { "The line is printed: the module's own is called.",
          log = { "gauge: this is the module's own IS_ERR", "from_err_ptr says" } },
      },
      answer = 3,
      try = "shadow",
      run = load_it,
      why = "A linker looks for a name in the module first, and in the kernel only for what is missing "
        .. "there. `from_err_ptr` is generic, so its code is in the module, and the call ends "
        .. "at the function next door. No tool says a word. So a module's helpers need "
        .. "names that the kernel will not have: `gauge_helper_…`, and never `rust_helper_…`. (Kiln refuses "
        .. "that prefix in your work; for this experiment it made an exception.)",
    },
    write "helpers",
  },

  run = function(guest)
    guest:insmod "gauge.ko"
    guest:insmod "gauge_test.ko"
    guest:rmmod "gauge_test"
    guest:rmmod "gauge"
  end,

  checks = {
    check "loads" { title = "the module is linked, and loads", points = 1, job = "insmod gauge.ko" },
    check "scale" { title = "every reading is what gauge.h makes of it", points = 2, ktap = "gauge_scale" },
    check "fresh" { title = "no reading is used twice", points = 2, ktap = "gauge_fresh" },
    check "other-chip" { title = "with the gauge.h of another chip it is right as well", points = 4,
      variant = "other-chip" },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
    start = {
      "Type `check`. Each name that modpost reports is one helper to write.",
      "Begin with `gauge_helpers.c`: a function with types, whose body is one line, the macro. It must not "
        .. "be `static`.",
      "The first is `bool gauge_helper_is_fresh(u16 word)` with `return gauge_is_fresh(word);` in it.",
    },
    ["build-failed"] = {
      "Which program complains: clang about `gauge_helpers.c`, rustc about `gauge_rs.rs`, or modpost about "
        .. "a symbol?",
      "A symbol that is *undefined* was asked for by Rust, and no object has it. Compare the name in the "
        .. "report, letter by letter, with the one in `gauge_helpers.c`.",
      "Is the name in the report that of the macro itself? Then a `#[link_name = \"gauge_helper_…\"]` is missing "
        .. "above its declaration. Is it the helper's? Then there is no such function, or it is `static`.",
      "Names that begin with `rust_helper_` are the kernel's. Call yours `gauge_helper_…`.",
    },
    ["abi-failed"] = {
      "Rust's declaration and the C function have other types. Which parameter, or which result? The declarations "
        .. "were right as you got them, and the functions below rely on that. So look at the helper, even where the "
        .. "report says what one could write in Rust.",
      "`int` is `c_int`, `bool` is `bool`, `u16` is `u16`, `u16 *` is `*mut u16`. The report says which side "
        .. "has what; choose what the macro gives in C.",
      "A question that is answered by yes or no is a `bool` on both sides; `gauge_mv` is an `int` in gauge.h.",
    },
    loads = {
      "A module that cannot be loaded asks for a symbol that is not there. Which one does the log name?",
    },
    scale = {
      "Which raw value is wrong? Your helper should call `gauge_mv` of gauge.h, and change nothing of what "
        .. "it gives.",
    },
    fresh = {
      "After a reading was taken the word must say so. Whose word does your helper change?",
      "C passes by value. A helper that takes a `u16` has a copy; it must take a `u16 *`, and Rust's "
        .. "declaration a `*mut u16`.",
    },
    ["other-chip"] = {
      "Which bits has the other header elsewhere? Its lines are shown. Which of them stands in your Rust "
        .. "as well, as a number?",
      "All three, `gauge_is_fresh`, `gauge_mv` and `gauge_take`, must come from the header, by a helper each.",
      "A number such as 0x8000, 4095 or 3300 has no place in `gauge_rs.rs`.",
    },
    clean = {
      "Read the report: what did the kernel not like, and in which of your functions?",
      "A pointer that a helper writes through must be the one that it was given.",
    },
    E0308 = {
      "Which type was expected, and which one was found? The functions below the `extern` block are given: "
        .. "it is the declarations that must fit.",
      "`gauge_is_fresh` gives a `bool`, `gauge_mv` a `c_int`; `gauge_take` is given a pointer to the word, a "
        .. "`*mut u16`.",
    },
    E0425 = {
      "The given functions call `gauge_is_fresh`, `gauge_mv` and `gauge_take`. In Rust they keep these names: it is "
        .. "`link_name` that has the other one.",
    },
    E0133 = {
      "What C does, rustc cannot see: the call needs `unsafe`. The given functions have it, with a comment.",
    },
  },

  wrong = {
    ["own-fresh"] = "other-chip",
    ["own-scale"] = "other-chip",
    ["own-take"] = "other-chip",
    ["by-value"] = "fresh",
    ["no-link-name"] = { verdict = "build-failed" },
    ["static-helper"] = { verdict = "build-failed" },
    ["kernel-prefix"] = { verdict = "build-failed" },
    ["int-for-bool"] = { verdict = "abi-failed" },
    ["narrow-mv"] = { verdict = "abi-failed" },
  },
}
