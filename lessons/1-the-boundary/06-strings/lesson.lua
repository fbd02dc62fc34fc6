-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.6",
  slug = "strings",
  title = "Strings: where does it end?",
  minutes = 30,
  needs = { "1.2" },
  kernel = { "7.3" },

  files = {
    given = { "gauge.h", "panel.h", "panel.c", "export.c", "Makefile" },
    edit = { "gauge_rs.rs" },
  },

  steps = {
    read "five-types",
    predict "sign" {
      question = "The byte 0xe9 is put into a `char` of the kernel's C, into a `c_char` of the "
        .. "kernel's prelude, and into a `core::ffi::c_char`. Which numbers are they, on this "
        .. "machine?",
      choices = {
        { "-23, -23, -23", log = { "0xe9 is -23 as a char in C", "0xe9 is -23 as a c_char in Rust",
          "0xe9 is -23 as a core::ffi::c_char" } },
        { "233, 233, 233", log = { "0xe9 is 233 as a char in C", "0xe9 is 233 as a c_char in Rust",
          "0xe9 is 233 as a core::ffi::c_char" } },
        { "-23, 233, -23", log = { "0xe9 is -23 as a char in C", "0xe9 is 233 as a c_char in Rust",
          "0xe9 is -23 as a core::ffi::c_char" } },
        { "233, 233, -23", log = { "0xe9 is 233 as a char in C", "0xe9 is 233 as a c_char in Rust",
          "0xe9 is -23 as a core::ffi::c_char" } },
      },
      answer = 4,
      try = "sign",
      run = function(guest) guest:insmod "gauge.ko" end,
      why = "The kernel is built with `-funsigned-char`, on every machine and since 6.2, for before that "
        .. "the same driver compared a `char` with 0 in one way on x86 and in another on arm. So "
        .. "`rust/ffi.rs` makes `c_char` a `u8`. `core` cannot know of it: on x86 its `c_char` is an "
        .. "`i8`, on arm64 a `u8`. Hence clippy's settings in the kernel forbid `CStr::as_ptr` and "
        .. "`CStr::from_ptr`, which are `core`'s: with them it depends on the machine whether a "
        .. "line builds. In their place stand `as_char_ptr` and `from_char_ptr`.",
    },
    write "way-in" { checks = { "loads", "lines", "refused", "no-line", "chars", "safety" } },
    predict "temporary" {
      question = "The first line makes a text and takes its address; the second hands it to C, "
        .. "which copies it at once. What happens?",
      choices = {
        "It does not build: the text is dropped at the first semicolon, and `text` still borrows it.",
        { "The panel shows `depth: 12`, and all is well: C copies the text before it returns.",
          findings = "none" },
        { "It builds without a warning, and C reads memory that was freed.",
          log = "BUG: KASAN: slab-use-after-free in panel_show" },
      },
      answer = 3,
      try = "temporary",
      run = function(guest) guest:insmod "gauge.ko" end,
      why = "The `CString` is a temporary: it has no name, and so it is dropped, and its memory "
        .. "freed, at the end of the first line. A reference would keep it, or the compiler would "
        .. "complain (E0716). But `as_char_ptr` gives a raw pointer, and a raw pointer borrows "
        .. "nothing. That the function copies at once does not help: the text is gone before it is "
        .. "called. Without KASAN nobody reports it: most of the old bytes "
        .. "still stand there until the memory is given to somebody else, so it works, with luck, "
        .. "until it does not.",
    },
    write "way-out" { checks = { "panel", "no-name", "safety", "clean" } },
  },

  run = function(guest)
    guest:insmod "gauge.ko"
    guest:insmod "gauge_test.ko"
    guest:rmmod "gauge_test"
    guest:rmmod "gauge"
  end,

  checks = {
    check "loads" { title = "the module loads", points = 1, job = "insmod gauge.ko" },
    check "lines" { title = "a line is taken apart, byte for byte", points = 3,
      ktap = "gauge_lines" },
    check "refused" { title = "what is no line is refused, and nothing is written", points = 2,
      ktap = "gauge_refused" },
    check "no-line" { title = "NULL is no line", points = 1,
      ktap = "gauge_null", case = "no_line" },
    check "panel" { title = "the panel shows the text", points = 2, ktap = "gauge_panel" },
    check "no-name" { title = "NULL is no name", points = 1,
      ktap = "gauge_null", case = "no_name_to_show" },
    check "chars" { title = "no char with a sign in it", points = 1,
      lint = { "clippy::disallowed_methods" } },
    check "safety" { title = "every unsafe block has a SAFETY comment", points = 1,
      lint = { "clippy::undocumented_unsafe_blocks" } },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
    start = {
      "Begin with `split`: it needs no `unsafe`. Which bytes of the line are its name?",
      "First line of `split`: `let line = line.to_bytes();` and then strip the newline.",
      "Two steps more: `position(|&b| b == b'=')` with `.ok_or(EINVAL)?` gives you a place; "
        .. "`&line[..eq]` is the name, `&line[eq + 1..]` the number.",
    },
    loads = {
      "The `init` of this module is given, and does nothing but return `Ok(Gauge)`. Did you change it?",
    },
    lines = {
      "The report says which line it was, and what was expected of it. Walk through your code with just "
        .. "that line.",
      "-95 is the `EOPNOTSUPP` of a stub: one of the two functions is still to be written.",
      "A line with a newline: the newline is stripped before the number is read. A name with odd "
        .. "bytes: `to_str()` insists on UTF-8; `to_bytes()` takes them as they are. Another "
        .. "number than expected: the number is all that stands *behind* the '='.",
      "A name that is wrong in its last byte: `name.add(found.len()).write(0)` puts the NUL "
        .. "behind it.",
    },
    refused = {
      "Two things are looked at: the error, and that nothing was written. Which is it?",
      "-36 is `ENAMETOOLONG`. A name of five bytes and its NUL need six: there is no room as soon as "
        .. "`found.len() >= size`.",
      "Do all that can fail first. The writes to `name` and to `value` come last, side by side.",
      "The name ends at the *first* '=', and must not be empty: `if name.is_empty()`.",
    },
    ["no-line"] = {
      "A caller in C passes NULL for \"no line\". What does `CStr::from_char_ptr` do with it?",
      "It walks to the NUL, beginning at address 0. Ask before: `if line.is_null()`.",
      "The first lines of `gauge_parse`: `if line.is_null() { return Err(EINVAL); }`",
    },
    ["no-name"] = {
      "As in `gauge_parse`: what if there is no name?",
      "The first lines of `gauge_show`: `if name.is_null() { return Err(EINVAL); }`",
    },
    panel = {
      "What did the panel show, and what was expected?",
      "The text is `fmt!(\"{name}: {value}\")`, with `name` a `&CStr`: that prints other bytes "
        .. "as the panel wants them. (A `&BStr` prints a tab as `\\t`, and a `&str` all as it is.)",
      "`gauge_show` succeeds only if the panel did: `to_result(unsafe { panel_show(…) })?;` hands on "
        .. "what it said.",
    },
    chars = {
      "Clippy names the method, and in its note the one to use instead.",
      "`as_ptr` and `from_ptr` are `core`'s, with the `char` of `core`, and a `.cast()` behind them only "
        .. "hides it. Use `as_char_ptr()` and `CStr::from_char_ptr()`.",
    },
    safety = {
      "Clippy names the line. What would a reviewer ask you there?",
      "Put a comment that starts with `// SAFETY:` directly above the statement with the "
        .. "`unsafe` block.",
      "For a string: why is it no NULL, who says that a NUL ends it, and for how long does it stay? "
        .. "The answers are in the `# Safety` section of your own function, and in `panel.h`.",
    },
    kasan = {
      "The report says in which function it was, and by which line of yours it was called. Whose "
        .. "memory was it?",
      "Address 0: somebody passed NULL, and it was not asked for. Ask by `is_null()` before "
        .. "`from_char_ptr`.",
      "In `panel_show`, \"use-after-free\": the text was dropped before the call. Give the "
        .. "`CString` a name, `let text = …?;`, and say `text.as_char_ptr()` in the call.",
      "In `panel_show`, \"out-of-bounds\": C walked past the end, for there was no NUL. A `CString` "
        .. "has one; a `&str`, a `KVec<u8>` and `to_bytes()` have none.",
      "In `gauge_parse`: is there room for the NUL too? `found.len() >= size` says that there is not.",
    },
    ["rust-panic"] = {
      "An index, a slice or an `unwrap()` met an input that you did not think of: the report has "
        .. "the line. A caller in C must get an errno instead.",
      "With `?` the error goes on; with `ok_or(EINVAL)?` a `None` becomes one.",
    },
    E0255 = { "This name is imported twice. Put it into the list at the top once." },
    E0277 = {
      "Which trait is missing, for which type?",
      "`From<i16>` is not satisfied for `()`: what stands in `from_result` must end in a number, "
        .. "`Ok(0)`, and not in `Ok(())`, nor in `to_result(…)` without `?`.",
      "A `Display` for `[u8]`: bytes cannot be printed by `{}`. The `&CStr` can: print that.",
      "A `?` on an `Option`: say which error `None` is, by `.ok_or(EINVAL)?`.",
    },
    E0308 = {
      "Which type was expected, and which one was found?",
      "Expected `u8` and found `i8`, behind a `*const`: that is the `char` of `core`. Use `c_char` from "
        .. "the prelude, `as_char_ptr` and `from_char_ptr`.",
      "Expected `&BStr`, found `&[u8]`: `BStr::from_bytes(…)` makes one of the other.",
      "Expected `Result<…>`, found something else: `split` ends with `Ok((name, number))`, the closure in "
        .. "the two doors with `Ok(0)`.",
    },
    E0425 = {
      "Which name is it, and where would Rust have learned of it?",
      "A C function exists for Rust only after it was declared, in an `extern \"C\"` block. "
        .. "`to_result` is in `kernel::error`.",
    },
    E0433 = {
      "Which name is it? It must stand in the `use` at the top of the file.",
      "`ptr` is in `core`: `use core::ptr;`. `BStr` and `CString` are in `kernel::str`. `String` "
        .. "and `std` are not in the kernel at all.",
    },
    E0599 = {
      "Is it a function of a trait? Those can be called only where the trait was imported.",
      "`from_str` for numbers comes with `kernel::str::parse_int::ParseInt`. (Of the two that the compiler "
        .. "proposes, `core`'s `FromStr` reads a `&str`, and knows neither 0x nor octal.)",
      "A `CString` is made by `CString::try_from_fmt(fmt!(…))?`: there is no `new` in the "
        .. "kernel.",
    },
    E0658 = {
      "This function is not in the Rust that the kernel is built with, not yet.",
      "Bytes have no `split_once` there: `position(|&b| b == b'=')` gives the place of the first "
        .. "one, and `&line[..eq]` and `&line[eq + 1..]` are the two sides.",
    },
    E0716 = {
      "A value without a name lives to the end of its statement. Give it a name, with a `let` of its own.",
    },
    improper_ctypes = {
      "A `&CStr` or `&str` is two words wide and means nothing to C. In the `extern` block write "
        .. "what `panel.h` says: `*const c_char`.",
    },
    ["abi-failed"] = {
      "The report names two places, one in C and one in Rust. What does each of the two say?",
      "`const char *` is `*const c_char`, `int` is `c_int`. The signatures of `gauge_parse` and "
        .. "`gauge_show` are given: leave them.",
    },
    ["build-failed"] = {
      "Which error is the first? Mend that one, then `check` again: the others often follow from "
        .. "it.",
      "A name that cannot be found, or a function: is it in the `use` at the top? The text of the step "
        .. "says which you need.",
      "\"symbol … undefined!\": that name in your `extern` block is not one that `panel.c` "
        .. "defines.",
    },
    crash = {
      "The report under the verdict has a line of your file. Which value came in there?",
    },
  },

  wrong = {
    ["no-null-test"] = { check = "no-line", verdict = "crash" },
    ["dropped-text"] = { check = "clean", verdict = "crash" },
    ["no-nul-for-c"] = { check = "clean", verdict = "crash" },
    ["core-as-ptr"] = "chars",
    ["text-only"] = "lines",
    ["newline-kept"] = "lines",
    ["no-room-for-nul"] = "refused",
    ["unlooked-at"] = "panel",
    ["no-trait"] = { verdict = "build-failed" },
  },
}
