-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.4",
  slug = "signature-lock",
  title = "Signature lock with bindgen",
  minutes = 30,
  needs = { "1.3" },
  kernel = { "7.3" },

  files = {
    given = { "fan.h", "fan_main.c", "zones.rs" },
    edit = { "Makefile", "fan_rs.rs" },
  },

  steps = {
    read "two-accounts",
    predict "no-match" {
      question = "The Makefile says `--allowlist-file '.*/fan\\.h'`, with a slash in it, and nothing else. "
        .. "bindgen is given `fan.h`, which declares three functions. What comes of it?",
      choices = {
        "bindgen fails: no file matches, and so make stops.",
        { "It does as was meant: fan_bindings.rs has all three.",
          log = "fan_bindings.rs declares 3 functions" },
        { "bindgen is content, and fan_bindings.rs has none of them.",
          log = "the build went well, and fan_bindings.rs declares 0 functions" },
      },
      answer = 3,
      try = "no-match",
      run = function(guest)
        guest:insmod "fan.ko"
        guest:rmmod "fan"
      end,
      why = "The expression must match the whole path, and `fan.h` has no slash in it. An allowlist that "
        .. "allows nothing is no error, and bindgen printed nothing: what you notice, later, is that "
        .. "rustc does not find names that the header has. So look at what was generated when you have changed "
        .. "such an option. `(.*/)?` allows a folder, and none.",
    },
    write "generate" { files = { "Makefile" }, checks = { "loads", "duty" } },
    predict "same-name" {
      question = "A module compares, when it is loaded, the address of `abi::fan_headroom` (declared by "
        .. "bindgen) with that of `fan_headroom` (defined in `fan_rs.rs`, with `#[no_mangle]`). What "
        .. "happens?",
      choices = {
        "It is not even linked: two functions have the same name.",
        { "They are two: the addresses differ.", log = "one address: false" },
        { "They are one: the addresses are the same.", log = "one address: true" },
      },
      answer = 3,
      try = "same-name",
      run = function(guest)
        guest:insmod "fan.ko"
        guest:rmmod "fan"
      end,
      why = "A declaration makes no function. It says that a symbol `fan_headroom` will be there, and "
        .. "`#[no_mangle]` is what makes the definition that very symbol. So addresses "
        .. "are always equal and tell nothing: a linker joins by name. What can differ is "
        .. "the type that each of the two has, and only rustc knows types.",
    },
    read "the-lock",
    write "lock" {
      files = { "fan_rs.rs" },
      checks = { "headroom", "lock-duty", "lock-headroom", "next", "clean" },
    },
  },

  run = function(guest)
    guest:insmod "fan.ko"
    guest:insmod "fan_test.ko"
    guest:rmmod "fan_test"
    guest:rmmod "fan"
  end,

  checks = {
    check "loads" { title = "C and Rust see the same zones", points = 2,
      job = "insmod fan.ko", log = "fan: 2 zones: cpu at 66%, disk at 0%" },
    check "duty" { title = "a caller in C gets what fan_duty answers", points = 1, ktap = "fan_duty" },
    check "headroom" { title = "a caller in C gets what fan_headroom answers", points = 2,
      ktap = "fan_headroom" },
    check "lock-duty" { title = "a fan.h with another fan_duty is not built", points = 2,
      variant = "long-duty", expect = "build-failed", code = "E0308" },
    check "lock-headroom" { title = "a fan.h with another fan_headroom is not built", points = 2,
      variant = "unsigned-headroom", expect = "build-failed", code = "E0308" },
    check "next" { title = "a fan.h with other fields and numbers is built, and right", points = 2,
      variant = "next-release" },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
    start = {
      "Begin with the `Makefile`, and with the table of options in the text. The second file comes later.",
      "Three `TODO`s are four lines, each `fan-bindgen += --OPTION VALUE`. Put anything with `*`, `(` or a "
        .. "blank in it between single quotes, for a shell will read it.",
    },
    ["build-failed"] = {
      "Which file does the first error name? For `fan_bindings.rs` and `zones.rs` look into the `Makefile`; for "
        .. "`fan_rs.rs` read what was *expected* and what was *found*.",
      "`log --build` has all that the compilers printed.",
      "A syntax error of `/bin/sh`: the expression needs single quotes. bindgen stops at an option that it does "
        .. "not know, and make at a line that begins with a tab outside of a rule. Compare yours, letter by letter, with the line `--no-doc-comments`.",
    },
    E0588 = {
      "The error is in `fan_bindings.rs`, on a type that `fan.h` has nothing to do with. Where does it come "
        .. "from?",
      "bindgen writes down all headers that are included, unless it is told which to take: "
        .. "`--allowlist-file`.",
      "The line is `fan-bindgen += --allowlist-file '(.*/)?fan\\.h'`.",
    },
    E0080 = {
      "An assertion of `zones.rs` did not hold: `fan_bindings.rs` is far too long. Which option says what "
        .. "goes into it?",
      "The line is `fan-bindgen += --allowlist-file '(.*/)?fan\\.h'`.",
    },
    E0412 = {
      "Which type does rustc not find? `list_head` you blocked yourself, so it must come from elsewhere: the "
        .. "third thing takes two lines. Any other bindgen has not written down: does the expression behind "
        .. "`--allowlist-file` match `fan.h`, without any folder, and does `--blocklist-type` block "
        .. "`list_head` alone?",
      "For `list_head` the second line is `fan-bindgen += --raw-line 'use kernel::bindings::list_head;'`.",
    },
    E0425 = {
      "A name is missing in `abi`. Does the expression behind `--allowlist-file` match `fan.h`, without "
        .. "any folder? Is the name in the macro spelled `$f`?",
    },
    E0432 = {
      "In the kernel crate the type is `kernel::bindings::list_head`. Is the `--raw-line` spelled so?",
    },
    E0433 = {
      "Which part of the path is not found? C's types have the prefix `kernel::ffi`, and the generated "
        .. "module is `fan_bindings`, or `abi` for short.",
    },
    E0308 = {
      "Two types do not agree, and one is what the header says. Which two does rustc name, behind "
        .. "*expected* and *found*?",
      "`i64` and `isize`, both for C's `long`: bindgen took its types from the wrong place. That is for the "
        .. "`Makefile`: `--ctypes-prefix kernel::ffi`.",
      "`kernel::bindings::list_head` and `fan_bindings::list_head`: there are two of them. Block the second by "
        .. "`--blocklist-type list_head`, and bring the first in by a `--raw-line`.",
      "`isize` and `i32`, where `abi_check!` is used: here the lock has found what it is for. A function in "
        .. "`fan_rs.rs` still returns what the header said last year. In the kernel `c_long` is `isize`.",
      "Unsafe fn and safe fn: what C declares is always unsafe to call, so the definition is a "
        .. "`pub unsafe extern \"C\" fn`. That is right: it trusts a pointer.",
      "`isize` and `i32` in the body of a function: cast with `as c_long`, each number before you subtract.",
    },
    loads = {
      "Which numbers does the log have in place of 66 and 0? They are made of a zone that C wrote, and Rust read.",
      "Did you change the body of `fan_duty`? It is right as it was given.",
    },
    duty = {
      "What was expected, and what came? `fan_duty` is right as it was given: `git diff` has no "
        .. "part here, but `diff` shows what you changed.",
    },
    headroom = {
      "Which cases failed? If it is only `more_than_an_int_can_hold`, look at the subtraction: that difference does "
        .. "not fit into 32 bits. If others did too, look at the type that the function returns.",
      "A difference that was made in 32 bits and cast afterwards is wrong already: cast both numbers with "
        .. "`as c_long`, then subtract.",
      "4294962296 is -5000 read as 64 bits, of which only 32 were written: in Rust, too, the function must return "
        .. "a `c_long`. The lock would have told: is `fan_headroom` in it?",
    },
    ["rust-panic"] = {
      "Rust found that a number did not fit. Which subtraction is done in 32 bits?",
      "Cast before you subtract: `(*zone).limit as c_long`.",
    },
    ["lock-duty"] = {
      "Kiln changed the type of `fan_duty` in `fan.h`, and your module was built all the same. What in your "
        .. "files compares the two?",
      "Is what the macro puts in its place empty? And is there an `abi_check!(fan_duty);` at the end of the file?",
      "The elements must be the functions themselves: `[abi::$f, $f]`. An address, a cast, or a size has no "
        .. "signature in it any more.",
      "Is `abi` what bindgen made? A module that you typed yourself agrees with you for ever.",
    },
    ["lock-headroom"] = {
      "Kiln changed the type of `fan_headroom` in `fan.h`, and your module was built all the same. Is "
        .. "that function locked?",
      "A line `abi_check!(fan_headroom);` at the end of the file.",
    },
    next = {
      "The lines that Kiln changed are shown. Which of them did your Rust know by heart?",
      "A number of the header is `abi::FAN_DUTY_MAX`, a struct is `abi::fan_zone`. Neither should be typed "
        .. "a second time.",
    },
    ["abi-failed"] = {
      "Kiln has compared what clang and rustc say of a function or a struct. Which line of yours is it? "
        .. "The header is the truth here.",
    },
  },

  wrong = {
    ["no-lock"] = "lock-duty",
    ["one-unlocked"] = "lock-headroom",
    ["int-headroom"] = "headroom",
    ["addresses"] = "lock-duty",
    ["hand-typed"] = "lock-headroom",
    ["own-number"] = "next",
    ["safe-headroom"] = { verdict = "build-failed" },
    ["core-types"] = { verdict = "build-failed" },
    ["second-list-head"] = { verdict = "build-failed" },
  },
}
