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
      question = "legacy_read() answers -6 (-ENXIO), and the wrapper ends in `Ok(n as usize)`. "
        .. "What does its caller get?",
      choices = {
        "Err(ENXIO): a Result cannot hold a negative number.",
        "A panic: the kernel is built with overflow checks.",
        "Ok(18446744073709551610).",
      },
      answer = 3,
      why = "`as` never fails and is never checked: it takes the bits of -6, extended to 64, "
        .. "for a usize. What comes of it is a length of 16 exabytes in the hands of a caller "
        .. "who was told that all went well. Look at the sign first; after that the cast is "
        .. "harmless.",
    },
    read "nobody-compares",
    predict "wide-return" {
      question = "You declare `fn legacy_read(…) -> isize` where C returns int, and test with "
        .. "`if n < 0`. What happens?",
      choices = {
        "rustc reports E0308, mismatched types.",
        "The linker reports that the types differ.",
        "It builds and runs, and -6 comes out as 4294967290.",
        "It builds and runs, and is right: both types are signed.",
      },
      answer = 3,
      why = "C leaves -6 in the lower half of a register, and on x86-64 the upper half is zero. "
        .. "Rust, told to expect 64 bits, reads both halves: a large positive number, and "
        .. "`n < 0` is false. Nothing on the way from source to module compares the two.",
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
    check "safety" { title = "every unsafe block has its argument", points = 2,
      lint = { "clippy::undocumented_unsafe_blocks" } },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
    start = {
      "Begin with legacy.h. Which of its sentences about `dst` does `&mut [u8]` already promise?",
      "Write the extern block first, one line for each prototype in legacy.h, then `write`: it "
        .. "is the shorter of the two.",
      "to_result(unsafe { legacy_write(offset, src.as_ptr(), src.len()) })",
    },
    loads = {
      "store_rs.rs reads the id in its `init` and hands on your error. What does `read` return?",
      "As long as `read` ends in `Err(EOPNOTSUPP)`, insmod fails with -95.",
    },
    id = {
      "The caller prints as many bytes of the id as `read` says there were. What did it say?",
    },
    values = {
      "Which number tells legacy_read how much room there is, and which number tells your caller "
        .. "how much came?",
      "Room: `dst.len()`, however large the store may be. What came: the value that legacy_read "
        .. "returned, which is less than that at the end of the store.",
    },
    errors = {
      "Look at the expected and the actual number in the report. Where did the sign, or the "
        .. "errno, get lost?",
      "Is the answer looked at in `write` as well as in `read`? And is the return type in your "
        .. "extern block the one in legacy.h?",
      "`to_result(n)?;` returns early with the very errno that C gave. Only after that line is "
        .. "`n as usize` sound. An error of your own, EINVAL say, hides what C reported.",
    },
    safety = {
      "Clippy names the line. What would a reviewer ask you there?",
      "Put a comment that starts with `// SAFETY:` directly above the statement with the "
        .. "`unsafe` block.",
      "Three points: the pointer is valid for `len` bytes (why?), nobody else uses them during "
        .. "the call (why?), and C does not keep the pointer (who says so?).",
    },
    kasan = {
      "The report says which access went wrong, and where: legacy_read or legacy_write. What did "
        .. "you tell it about the size of the buffer?",
      "C believes `len`. It must be the length of the very slice that the pointer came from: "
        .. "`dst.as_mut_ptr(), dst.len()`.",
    },
    ["rust-panic"] = {
      "The caller cut a slice at the count that `read` returned, and the count was larger than "
        .. "the slice. Where can a count like that come from?",
    },
    E0133 = {
      "What does the compiler know about legacy.c?",
      "In wrap.rs: each call of a C function goes into `unsafe { … }`. In store_rs.rs: the "
        .. "wrapper itself must be a safe function, `pub(crate) fn`, without `unsafe` in front. "
        .. "If its caller has to promise something, nothing is wrapped.",
    },
    E0308 = {
      "Which of the two types comes from C? An `int` is c_int, and a size_t is usize.",
      "A slice is not a pointer: `dst.as_mut_ptr()` to write, `src.as_ptr()` to read. And a "
        .. "count is a usize: `n as usize`, once you know that it is not negative.",
    },
    E0061 = {
      "The signatures of `read` and `write` are a contract with store_rs.rs. Leave them as they "
        .. "are: the slice already has pointer and length.",
    },
    E0425 = {
      "A C function exists for Rust only after it was declared. Is it in your extern block, under "
        .. "the same name? And `to_result` must be imported: `use kernel::error::to_result;`.",
    },
    E0412 = { "The types with C's names, such as c_int, come from `use kernel::prelude::*;`." },
    E0277 = {
      "`?` hands on the error of a Result, and a bare int is none. Which function makes a Result "
        .. "of it?",
    },
    improper_ctypes = {
      "A slice or a Result means nothing to C. In the extern block use what legacy.h uses: a raw "
        .. "pointer, and a length beside it.",
    },
    ["build-failed"] = {
      "\"modpost: … undefined!\" means that the name in your extern block is not one that "
        .. "legacy.c defines. Compare the spelling.",
    },
  },

  wrong = {
    ["swallowed-errno"] = "errors",
    ["forgotten-result"] = "errors",
    ["one-error-for-all"] = "errors",
    ["wide-return"] = "errors",
    ["no-safety-comment"] = "safety",
    ["whole-store"] = { check = "clean", verdict = "crash" },
    ["unsafe-wrapper"] = { verdict = "build-failed" },
    ["raw-pointer"] = { verdict = "build-failed" },
  },
}
