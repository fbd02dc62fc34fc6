-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.2",
  slug = "rust-calls-c",
  title = "Rust calls C, safely wrapped",
  minutes = 25,
  needs = { "1.1" },
  kernel = { "7.3" },

  files = {
    given = { "legacy.c", "legacy.h", "store_rs.rs", "store.h", "export.c", "Makefile" },
    edit = { "wrap.rs" },
  },

  steps = {
    read "promises",
    predict "negative" {
      question = "`legacy_read()` answers -6 (`-ENXIO`), and the wrapper ends in `Ok(n as usize)` "
        .. "without having looked at `n`. What does its caller get?",
      choices = {
        { "`Err(ENXIO)`: a `Result` cannot hold a negative number.",
          log = "the caller gets Err(" },
        { "A panic: the kernel is built with overflow checks.", log = "panicked at" },
        { "`Ok(18446744073709551610)`.", log = "the caller gets Ok(18446744073709551610)" },
      },
      answer = 3,
      try = "negative",
      why = "`as` never fails and is never checked: it takes the bits of -6, extended to 64, "
        .. "for a `usize`. What comes of it is a length of 16 exabytes in the hands of a caller "
        .. "who was told that all went well. Look at the sign first; after that the cast is "
        .. "harmless.",
    },
    predict "wide-return" {
      section = "nobody-compares",
      question = "You declare `fn legacy_read(…) -> isize` where C returns `int`, and test with "
        .. "`if n < 0`. You build it with `make` and load it. What happens?",
      choices = {
        "`rustc` reports E0308, mismatched types.",
        "The linker reports that the types differ.",
        { "It builds and runs, and -6 comes out as 4294967290.",
          log = "legacy_read answers 4294967290, and n < 0 is false" },
        { "It builds and runs, and is right: both types are signed.",
          log = "legacy_read answers -6, and n < 0 is true" },
      },
      answer = 3,
      try = "wide-return",
      why = "C leaves -6 in the lower half of a register, and here the upper half is zero. "
        .. "Rust, told to expect 64 bits, reads both halves: a large positive number, and "
        .. "`n < 0` is false. And that the upper half is zero is luck: the calling convention "
        .. "leaves it open. Nothing on the way from source to module compares the two types. (Kiln "
        .. "does, before it loads your module, so that this experiment had to make the call "
        .. "through a pointer, where no declaration can be compared; outside of Kiln nobody will.)",
    },
    write "the-wrapper",
  },

  run = function(guest)
    guest:insmod "store.ko"
    guest:insmod "store_test.ko"
    guest:rmmod "store_test"
    guest:rmmod "store"
  end,

  checks = {
    check "loads" { title = "the module loads", points = 1, job = "insmod store.ko" },
    check "id" { title = "a safe caller reads the id", points = 1,
      job = "insmod store.ko", log = "store: id KILN-042" },
    check "values" { title = "bytes come and go unchanged", points = 2, ktap = "store_values" },
    check "errors" { title = "every errno arrives as it was sent", points = 3,
      ktap = "store_errors" },
    check "safety" { title = "every unsafe block has a SAFETY comment", points = 2,
      lint = { "clippy::undocumented_unsafe_blocks" } },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
    start = {
      "Begin with `legacy.h`. Which of its sentences about `dst` does `&mut [u8]` already "
        .. "promise?",
      "Write the `extern` block first, one line for each prototype in `legacy.h`, then `write`: "
        .. "it is the shorter of the two.",
      "All of `write` is `to_result(unsafe { legacy_write(offset, src.as_ptr(), src.len()) })` "
        .. "and a comment.",
    },
    loads = {
      "The caller in `store_rs.rs` reads the id in its `init` and hands on your error. What does `read` return?",
      "As long as `read` ends in `Err(EOPNOTSUPP)`, `insmod` fails with -95.",
    },
    id = {
      "The caller prints as many bytes of the id as `read` says there were. What did it say?",
    },
    values = {
      "Which number tells `legacy_read` how much room there is, and which number tells your "
        .. "caller how much came?",
      "Room: `dst.len()`, however large the store may be. What came: the value that "
        .. "`legacy_read` returned, which is less than that at the end of the store.",
    },
    errors = {
      "Look at the expected and the actual number in the report. Where did the sign, or the "
        .. "errno, get lost?",
      "Is the answer looked at in `write` as well as in `read`?",
      "The line `to_result(n)?;` returns early with the very errno that C gave. Only after that line is "
        .. "`n as usize` sound. An error of your own, `EINVAL` say, hides what C reported.",
    },
    safety = {
      "Clippy names the line. What would a reviewer ask you there?",
      "Put a comment that starts with `// SAFETY:` directly above the statement with the "
        .. "`unsafe` block.",
      "Three points: the pointer is valid for `len` bytes (why?), nobody else uses them during "
        .. "the call (why?), and C does not keep the pointer (who says so?).",
    },
    kasan = {
      "The report says which access went wrong, and where: `legacy_read` or `legacy_write`. What "
        .. "did you tell it about the size of the buffer?",
      "C believes `len`. It must be the length of the very slice that the pointer came from: "
        .. "`dst.as_mut_ptr(), dst.len()` and nothing else.",
    },
    ["rust-panic"] = {
      "The caller cut a slice at the count that `read` returned, and the count was larger than "
        .. "the slice. Where can a count like that come from?",
    },
    E0061 = {
      "Is it a function of C that is called with too few or too many, or one of yours?",
      "A function of C takes what your `extern` block says: three parameters each. The "
        .. "signatures of `read` and `write` are a contract with `store_rs.rs`: leave them as they "
        .. "are, for a slice has both pointer and length in it.",
    },
    E0133 = {
      "What does the compiler know about `legacy.c`?",
      "In `wrap.rs`: each call of a C function goes into `unsafe { … }`. In `store_rs.rs`: the "
        .. "wrapper itself must be a safe function, a `pub(crate) fn` without `unsafe` before it. "
        .. "If its caller has to promise something, nothing is wrapped.",
    },
    E0277 = {
      "The sign `?` hands on the error of a `Result`, and a bare `int` is none. Which function makes a "
        .. "`Result` of it?",
    },
    E0308 = {
      "Which type was expected, and which one was found? Which of the two comes from C?",
      "Two numbers, expected `usize` and found `i32`: what C gave is an `int`, and a count is a "
        .. "`usize`. Rust converts when told to, by `n as usize` where you know that `n` is not "
        .. "negative. (The compiler proposes `try_into().unwrap()`. That would panic, and in the "
        .. "kernel a panic is never the answer to an errno.)",
      "Two numbers, expected `u32` and found `usize`, or the other way round: is it an argument "
        .. "of a call? Then a type in your `extern` block is wrong, and a cast at the call would "
        .. "only hide it. There an `int` is `c_int` and an `unsigned int` is `c_uint`, and the "
        .. "`size_t` of a length is `usize`.",
      "Expected a pointer, found a slice: the pointer is `dst.as_mut_ptr()` to write there and "
        .. "`src.as_ptr()` to read there.",
      "Expected a `Result`, found a number or `()`: the end of `read` is `Ok(n as usize)`, and "
        .. "`to_result(…)` without a semicolon can be the end of `write`. Is the place in "
        .. "`store_rs.rs`? Then `read` and `write` no longer have the signatures they came with.",
    },
    E0412 = {
      "Is this the name of a type in C or in Rust?",
      "With `use kernel::prelude::*;` at the top, `int` is `c_int` and `unsigned int` is "
        .. "`c_uint`. A `size_t` is `usize`, a `u8 *` is `*mut u8`, a `const u8 *` is "
        .. "`*const u8`.",
    },
    E0425 = {
      "Which name is it, and where would Rust have learned of it?",
      "A C function exists for Rust only after it was declared. Is it in your `extern` block, "
        .. "under the same name?",
      "The name `to_result` is not in the prelude. It needs a line at the top of the file: "
        .. "`use kernel::error::to_result;`",
    },
    improper_ctypes = {
      "A slice or a `Result` means nothing to C. In the `extern` block use what `legacy.h` uses: "
        .. "a raw pointer, and a length beside it.",
    },
    ["abi-failed"] = {
      "The report names two places, one in C and one in your `extern` block. What does each of the "
        .. "two say?",
      "C is right: twenty years of callers rely on it. Write what `legacy.h` says, parameter by "
        .. "parameter and in its order: `unsigned int` is `c_uint`, `u8 *` is `*mut u8`, "
        .. "`const u8 *` is `*const u8`, `size_t` is `usize`, and the `int` that comes back is "
        .. "`c_int`.",
    },
    ["build-failed"] = {
      "Which error is the first? Mend that one, then `check` again: the others often follow from "
        .. "it.",
      "Only if an error says \"expected …\" and has no number: a sign is wrong or missing at that "
        .. "place or just before it. In the `extern` block each line ends in a semicolon, a "
        .. "parameter is `name: type`, and the star of a pointer stands first: `*mut u8`.",
      "Only if it says \"symbol … undefined!\": that name in your `extern` block is not one that "
        .. "`legacy.c` defines. Compare the spelling.",
    },
  },

  wrong = {
    ["swallowed-errno"] = "errors",
    ["forgotten-result"] = "errors",
    ["one-error-for-all"] = "errors",
    ["wide-return"] = { verdict = "abi-failed" },
    ["wide-offset"] = { verdict = "abi-failed" },
    ["unsigned-return"] = { verdict = "abi-failed" },
    ["swapped-parameters"] = { verdict = "abi-failed" },
    ["no-safety-comment"] = "safety",
    ["whole-store"] = { check = "clean", verdict = "crash" },
    ["unsafe-wrapper"] = { verdict = "build-failed" },
    ["raw-pointer"] = { verdict = "build-failed" },
  },
}
