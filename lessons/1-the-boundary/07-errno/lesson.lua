-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.7",
  slug = "errno",
  title = "errno, ERR_PTR, NULL, Result",
  minutes = 20,
  needs = { "1.2" },
  kernel = { "7.3" },

  files = {
    given = { "depot.h", "depot_c.c", "depot_rs.rs", "doors.h", "export.c", "Makefile" },
    edit = { "convert.rs" },
  },

  steps = {
    read "three-encodings",
    predict "null" {
      question = "`depot_make(2000)` returns NULL, for so heavy a part cannot be made. A wrapper "
        .. "hands that to `from_err_ptr`, and its caller prints \"a part of 2000 g was made\" if the "
        .. "answer is `Ok`. What does the log say?",
      choices = {
        { "`make 2000 g: Err(ENOMEM)`", log = "make 2000 g: Err(ENOMEM)" },
        { "`make 2000 g: Err(EINVAL)`", log = "make 2000 g: Err(EINVAL)" },
        { "`a part of 2000 g was made`",
          log = { "a part of 2000 g was made", "and its address is NULL" } },
        { "Nothing of the kind: the kernel panics.", log = "panicked at" },
      },
      answer = 3,
      try = "null-is-ok",
      run = function(guest) guest:insmod "depot.ko" end,
      why = "`from_err_ptr` asks what `IS_ERR` asks, and 0 is not among the 4095 highest "
        .. "addresses. So NULL is as good as any address to it, and `Ok(NULL)` says that all went "
        .. "well. Whether NULL is an error, and which, is in the contract of the C function and "
        .. "nowhere else: here it means that there is no memory, and for `depot_find` it means "
        .. "that the slot is empty.",
    },
    write "way-in" { checks = { "loads", "in", "look", "make" } },
    predict "wrapped" {
      question = "A count goes to C as an `int`, by `from_result(|| Ok(result? as c_int))`. Rust has "
        .. "`Ok(4294967274)`. What does C get?",
      choices = {
        { "4294967274", log = "C gets 4294967274" },
        { "2147483647, the largest `int`", log = "C gets 2147483647" },
        { "-22, which is `-EINVAL`", log = { "C gets -22", "which is EINVAL" } },
        { "Nothing: overflow checks are on, so it panics.", log = "panicked at" },
      },
      answer = 3,
      try = "wrapped",
      run = function(guest) guest:insmod "depot.ko" end,
      why = "`as` takes the lower 32 bits, and the highest of these is a sign to C. Overflow checks "
        .. "are about `+`, `-`, `*` and the like; `as` asks for the truncation. So a success arrives "
        .. "as a failure, and `Ok(4294967301)`, 27 more, arrives as a modest 5, which is worse. A "
        .. "conversion that can fail is written `c_int::try_from(n)`.",
    },
    write "way-out" { checks = { "out", "clean" } },
  },

  run = function(guest)
    guest:insmod "depot.ko"
    guest:insmod "convert_test.ko"
    guest:rmmod "convert_test"
    guest:rmmod "depot"
  end,

  checks = {
    check "loads" { title = "the module loads", points = 1, job = "insmod depot.ko" },
    check "in" { title = "whatever C returns, Rust sees what it means", points = 3,
      ktap = "convert_in" },
    check "look" { title = "slots are full, empty, or not there", points = 1,
      job = "insmod depot.ko",
      log = {
        "depot: slot 0 holds 12 parts", "depot: look at slot 0: Ok(())",
        "depot: slot 1 is empty", "depot: look at slot 1: Err(EBUSY)",
        "depot: look at slot 4: Err(ENXIO)",
      } },
    check "make" { title = "a part is made, or there is no memory", points = 1,
      job = "insmod depot.ko",
      log = { "depot: make 500 g: Ok(())", "depot: make 2000 g: Err(ENOMEM)" } },
    check "out" { title = "whatever Rust has, C gets what it looks for", points = 3,
      ktap = "convert_out" },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
    start = {
      "Begin with `from_count`: how did lesson 1.2 treat the count that `legacy_read` returned?",
      "Look at the sign first: `to_result(ret)?;` and after that `ret as usize` is sound.",
      "For the other two, say to yourself what NULL means there: \"none\" in one, \"no memory\" in the "
        .. "other. `NonNull::new(ptr)` is `None` for NULL.",
    },
    loads = {
      "The `init` in `depot_rs.rs` is given, and always returns `Ok(Depot)`. Did it get as far as "
        .. "that? The log says.",
    },
    ["in"] = {
      "The report names the value that C returned, and what was expected of it. Which of your "
        .. "functions gets it: `seen_count` calls `from_count`, and so on.",
      "3 with -95 is the `EOPNOTSUPP` of a stub: a function is still to be written.",
      "A count: `to_result(ret)?;` before `Ok(ret as usize)`. It keeps each errno as it is.",
      "A lookup: error pointers are for `from_err_ptr(ptr)?`, which knows the 4095 addresses. The "
        .. "sign of an address says nothing. What is left is NULL or an address, and "
        .. "`NonNull::new(…)` makes `None` or `Some` of it. `None` goes into an `Ok`.",
      "An allocation: `NonNull::new(ptr)` and, for its `None`, `.ok_or(ENOMEM)`.",
    },
    look = {
      "Which slot's line is not as expected? What does `depot.h` say that C returns for it?",
      "Slot 0 is full, slot 1 is empty, slot 4 does not exist. An empty slot is not a failure of "
        .. "`depot_find`: it is `Ok(None)`.",
      "`Ok(NonNull::new(from_err_ptr(ptr)?))` is all of `from_lookup`.",
    },
    make = {
      "What does `depot_make` return when it cannot, and what does `depot.h` say that it means?",
      "NULL, for want of memory: that is `Err(ENOMEM)`. `NonNull::new(ptr)` tells NULL from an "
        .. "address, and `ok_or` gives its `None` an error.",
    },
    out = {
      "The report has the errno, or the count, that Rust had, and what C got. Which of the four was it: "
        .. "`told_status` calls `to_status`, and so on.",
      "Positive where negative was expected? `to_errno()` is negative already.",
      "A count that does not fit: `c_int::try_from(n)` fails for it; its error is to be "
        .. "`EOVERFLOW`, and a `?` alone makes "
        .. "`EINVAL` of it. `.map_err(|_| EOVERFLOW)` comes before.",
      "An address: in the style of a lookup an error is `e.to_ptr()`, and `None` is NULL. In the "
        .. "style of an allocation any error is NULL.",
      "A `match` with a line for each: `Ok(Some(found)) => found.as_ptr(),` and `Ok(None) => "
        .. "ptr::null_mut(),` and `Err(e) => …`.",
    },
    clean = {
      "Which line of yours does the report name?",
      "Nothing here follows an address, and nothing needs `unsafe`. An error is handed on by `?` or by "
        .. "`match`; an `unwrap()` in its place brings the task down.",
    },
    ["rust-panic"] = {
      "The report names the line. Which value did it not expect?",
      "`unwrap()` panics at an `Err`, and an `Err` is what these functions are for. Use `match`, or `?` "
        .. "inside `from_result(|| …)`.",
    },
    crash = {
      "The report above the checks has the line of your file. Which value came in there?",
    },
    E0004 = {
      "A `match` must answer every case. The compiler names those that are missing.",
    },
    E0277 = {
      "Is it about `?`, or about `From<i16>`?",
      "`?` cannot be used in a function that returns an `int` or a pointer. Use `match` there, or put it "
        .. "inside `from_result(|| { … })`.",
      "`From<i16>` is not satisfied for `()`: what stands in `from_result` must end in a number, "
        .. "`Ok(0)`, not in `Ok(())`.",
      "`?` on an `Option` in a function that returns a `Result`: say which error `None` is, by "
        .. "`.ok_or(…)?`.",
    },
    E0308 = {
      "Which type was expected, and which one was found?",
      "Expected a `Result`, found something else: the success goes into an `Ok(…)`. An `Option` in a "
        .. "`Result` is `Ok(Some(…))` or `Ok(None)`; `.ok_or(…)` takes the `Option` away, and makes an "
        .. "error of its `None`.",
      "Expected `NonNull<T>`, found `*mut T`: `NonNull::new(ptr)` makes one, in an `Option`. The other way "
        .. "round: `found.as_ptr()`.",
      "Expected `i32`, found `Error`: its number is `e.to_errno()`. Expected `*mut T`, found "
        .. "`Error`: `e.to_ptr()`.",
      "Expected `i32`, found `usize`: `c_int::try_from(n)`, which may fail. Expected `usize`, found "
        .. "`i32`: `ret as usize`, once you know that it is not negative.",
    },
    E0425 = {
      "Which name is it? It must stand in the `use` at the top: `from_err_ptr`, `from_result` and "
        .. "`to_result` are in `kernel::error`.",
    },
    E0433 = {
      "Which name is it? `NonNull` and `ptr` are in the `use core::ptr::{…}` at the top; `Error` is in "
        .. "`kernel::error`.",
    },
    E0599 = {
      "Which type has no such function? The compiler says what you have at that place.",
      "`to_errno` and `to_ptr` belong to an `Error`: take it out of the `Err(e)` first. `as_ptr` "
        .. "belongs to a `NonNull`: take it out of the `Ok(Some(found))` first.",
    },
    E0600 = {
      "An `Error` has its sign already: `-EINVAL` in C is `EINVAL` in Rust, in `Err(EINVAL)`.",
    },
    ["build-failed"] = {
      "Which error is the first? Mend that one, then `check` again: the others often follow from "
        .. "it.",
      "Does it name `depot_rs.rs`? Then one of your functions no longer has the signature that it "
        .. "came with.",
    },
  },

  wrong = {
    ["none-is-an-error"] = "look",
    ["sign-of-an-address"] = "in",
    ["unlooked-count"] = "in",
    ["null-is-no-errno"] = "make",
    ["positive-errno"] = "out",
    ["wrapped-count"] = "out",
    ["null-for-an-error"] = "out",
    ["error-pointer-for-null"] = "out",
    ["unwrapped"] = { check = "clean", verdict = "crash" },
    ["no-number"] = { verdict = "build-failed" },
  },
}
