-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.9",
  slug = "opaque-handles",
  title = "C owns a Rust object",
  minutes = 25,
  needs = { "1.2" },
  kernel = { "7.3" },

  files = {
    given = { "history.h", "weather.c", "history_rs.rs", "export.c", "Makefile" },
    edit = { "handle.rs" },
  },

  steps = {
    read "a-name-and-no-more",
    predict "kfree" {
      question = "C makes a history, adds a value, and gives the handle to `kfree()` in the place of "
        .. "`history_free()`. What happens?",
      choices = {
        { "KASAN reports an invalid free: Rust's memory is not that of `kmalloc()`.",
          log = { "station: kfree() is called", "BUG: KASAN:" } },
        { "The history is dropped, and prints its line: `kfree()` ends it.",
          log = { "station: kfree() is called", "history: 1 is dropped" } },
        { "Nothing is reported, and nothing is dropped.",
          log = {
            "station: kfree() is called",
            "station: kfree() has returned, and 1 history is alive",
          } },
      },
      answer = 3,
      try = "kfree",
      why = "A `KBox` takes its memory from the same `kmalloc()` as C, so `kfree()` can free it, and "
        .. "does. But to drop a `History` is more: its `drop` runs, and then that of its fields, of which the "
        .. "vector has memory of its own. Nobody runs them now. The vector is leaked, the count is wrong "
        .. "for good, and if the `History` had been on a list, that list would now lead into "
        .. "freed memory. What a type's end consists of only its own language knows, so who creates "
        .. "also offers the function that destroys.",
    },
    predict "taken" {
      question = "Suppose that `history_add` begins with `from_foreign(handle)` where it should say "
        .. "`borrow_mut(handle)`, and is otherwise right. C adds two values. What happens?",
      choices = {
        { "Both calls work. The second free of the same memory is reported in `history_free`.",
          log = {
            "station: the first history_add() returns 0",
            "station: the second history_add() returns 0",
            "BUG: KASAN:",
          } },
        { "The first call works, and drops the history. The second uses freed memory.",
          log = {
            "history: 1 is dropped, it held 1",
            "station: the first history_add() returns 0",
            "BUG: KASAN: slab-use-after-free",
          } },
        { "The first call fails: a history that C owns cannot be taken back without `history_free`.",
          log = "station: the first history_add() returns -" },
      },
      answer = 2,
      try = "taken",
      why = "At the end of `history_add` the `KBox` goes out of scope, and does its duty. The "
        .. "call itself was well, and said 0. C still has the address, and uses it in good faith. "
        .. "There was no cast to see, no warning, and a test that adds one value and neither reads nor frees would have "
        .. "passed: look for the drop line, it came too early.",
    },
    write "the-handle",
  },

  run = function(guest)
    guest:insmod "station.ko"
    guest:insmod "history_test.ko"
    guest:rmmod "history_test"
    guest:rmmod "station"
    guest:leaks()
  end,

  checks = {
    check "loads" { title = "the station gets its histories", points = 1,
      job = "insmod station.ko", log = "station: indoors 63, outdoors -5" },
    check "uses" { title = "each handle keeps its own values", points = 2,
      ktap = "history_uses" },
    check "errors" { title = "failures reach C as NULL and as errno", points = 2,
      ktap = "history_errors" },
    check "lives" { title = "a history lives until C frees it, and no longer", points = 3,
      ktap = "history_lives" },
    check "bye" { title = "the last two are dropped when the station closes", points = 1,
      job = "rmmod station",
      log = {
        "history: 2 is dropped, it held 1",
        "history: 1 is dropped, it held 3",
        "station: closed",
      } },
    check "safety" { title = "every unsafe block has a SAFETY comment", points = 1,
      lint = { "clippy::undocumented_unsafe_blocks" } },
    check "clean" { title = "no leak, no fault", points = 2, findings = "none" },
  },

  hints = {
    start = {
      "Begin with `history_new`. What is the type of the `history` in `Ok(history)`, and what does C want?",
      "Import the trait by `use kernel::types::ForeignOwnable;`, then `Ok(history) => history.into_foreign(),` and "
        .. "`Err(_) => ptr::null_mut(),` are the two arms of the `match`.",
      "And `history_add` begins with `let history = unsafe { KBox::<History>::borrow_mut(handle) };`",
    },
    loads = {
      "The station makes two histories and adds four values. Which of the three functions that it calls "
        .. "gave it something else than it wanted?",
      "If `insmod` fails with -12, `history_new` returned NULL. With -95, `history_add` is not written yet. If the "
        .. "sums are wrong, look at `history_sum`.",
    },
    uses = {
      "Does a value that was added go into the very history behind the handle, and does the sum come from there?",
      "The body of `history_add` borrows and pushes; that of `history_sum` borrows and returns `history.sum()`.",
    },
    errors = {
      "Two things can go wrong: `History::new` and `push` return a `Result`. What becomes of an `Err` of each?",
      "The error of `History::new` has no place in a pointer here: `history.h` says NULL. That of `push` is "
        .. "the number that `history_add` returns.",
      "In `history_add`: `match history.push(value) { Ok(()) => 0, Err(e) => e.to_errno() }`",
    },
    lives = {
      "The test counts the histories that are alive after each call. After which call is the count wrong, and "
        .. "is it too high or too low?",
      "Too low, too early: somebody took the history back, or never let go of it. Between `history_new` and `history_free` "
        .. "nobody may have a `KBox`: `into_foreign` gives it away, and borrowing makes a reference.",
      "Too high after `history_free`: dropping a raw pointer drops nothing, and nor does borrowing. First make a "
        .. "`KBox` of it again, and let that go: `drop(unsafe { KBox::<History>::try_from_foreign(handle) });`",
      "The test crashed in `to_free_null_is_nothing`: a `KBox` is never NULL. Use `try_from_foreign`.",
    },
    bye = {
      "The station gives both handles to `history_free` when it is unloaded. What does your `history_free` do "
        .. "with them?",
      "The line is printed by `drop` of `History`. It runs when a `KBox<History>` goes out of scope.",
    },
    safety = {
      "Clippy names the line. What would a reviewer ask you there?",
      "Put a comment that starts with `// SAFETY:` directly above the statement with the `unsafe` block.",
      "For a borrow: where did the pointer come from, why is the history still alive, and why does nobody else have "
        .. "a reference? For `from_foreign`: why is it the first time and the last?",
    },
    leak = {
      "The report names the line that allocated. Who owned that memory last, and what did they do with it?",
      "Every handle ends in `history_free`. There it must become a `KBox<History>` again, which is then dropped: "
        .. "neither `drop(handle)` nor `forget` frees anything, and a `KBox` of another type drops "
        .. "something else.",
    },
    kasan = {
      "The report says who freed the memory, and who used it then. Which of your functions freed it, and was it "
        .. "its turn?",
      "If it was freed in `history_add` or `history_sum`: `from_foreign` takes, `borrow` and `borrow_mut` do not.",
      "If it was freed in `history_new`: the `KBox` was dropped at the end of it, and C has an address of what is "
        .. "gone. Give the `KBox` away: `into_foreign()`.",
      "If it is a NULL pointer: `history_free(NULL)` is allowed, and `from_foreign` does not look. "
        .. "`try_from_foreign` does.",
    },
    refcount = {
      "Which function made the pointer, and which one takes it back? Do the two belong together?",
      "What `into_foreign` gave only `from_foreign` takes back, and only `borrow` borrows. `Arc::into_raw` gives another "
        .. "address: its partner is `Arc::from_raw`.",
    },
    oops = {
      "Which pointer was it: was it NULL, or an errno that somebody took for a pointer?",
      "In `history_free` NULL is allowed: `try_from_foreign` gives `None` for it.",
    },
    ["rust-panic"] = {
      "What does the line that begins with \"panicked at\" speak of: a pointer that is null, or an `Err` that was "
        .. "unwrapped?",
      "A null pointer: `history_free(NULL)` is allowed, and a `KBox` is never NULL. `from_foreign` does not look, "
        .. "`try_from_foreign` does.",
      "An `Err`: a limit of 0 is refused by `History::new`. That is no reason to panic: what does `history.h` say "
        .. "that C gets then?",
    },
    E0133 = { "Taking or borrowing what a raw pointer leads to is unsafe: `unsafe { … }` with a comment above." },
    E0277 = {
      "The sign `?` returns an `Err` from the function around it. What can these four return?",
      "Numbers and pointers, no `Result`. Use a `match`.",
    },
    E0282 = { "Which type is behind the pointer, the compiler cannot know: `KBox::<History>::…`." },
    E0283 = { "Which type is behind the pointer, the compiler cannot know: `KBox::<History>::…`." },
    E0308 = {
      "Which type was expected, and which one was found?",
      "Expected `*mut c_void`, found `*const c_void`: `handle.cast_mut()`.",
      "Expected `*mut c_void`, found a `KBox`, or a `Result`: look into the `Result` first, then "
        .. "`history.into_foreign()`.",
      "Expected `i32`, found a `Result` or `()`: C wants a number. 0 for `Ok(())`, and `e.to_errno()` for `Err(e)`.",
    },
    E0425 = { "Which name is it? `ptr::null_mut()` needs `use core::ptr;` at the top." },
    E0433 = { "Which name is it? `ptr::null_mut()` needs `use core::ptr;` at the top." },
    E0596 = { "To push is to change: `borrow_mut`, not `borrow`." },
    E0599 = {
      "Does the type have a function of this name, and is the trait that it comes from imported?",
      "The functions `into_foreign`, `borrow`, `borrow_mut`, `from_foreign` are those of a trait: "
        .. "`use kernel::types::ForeignOwnable;`",
      "Is it called on a `Result`? Look into that first, by `match`. On a raw pointer, or on `History`? The "
        .. "functions are those of the `KBox`: `KBox::<History>::borrow_mut(handle)`.",
    },
    ["abi-failed"] = {
      "The report names two places, one in `history.h` and one in your file. What does each of the two say?",
      "The four signatures were right as they came: put them back.",
    },
    ["build-failed"] = {
      "Which error is the first? Mend that one, then `check` again: the others often follow from it.",
      "Only if it says \"symbol … undefined!\": a function of that name is missing, or `#[no_mangle]` above it is.",
    },
  },

  wrong = {
    ["use-takes-it"] = { check = "clean", verdict = "crash" },
    ["address-of-local"] = { check = "clean", verdict = "crash" },
    ["drop-of-pointer"] = { check = "lives", verdict = "crash" },
    ["null-not-looked-at"] = { check = "lives", verdict = "crash" },
    ["arc-mixed"] = { check = "clean", verdict = "crash" },
    ["unwrap"] = { check = "errors", verdict = "crash" },
    ["errno-as-pointer"] = "errors",
    ["swallowed-error"] = "errors",
    ["no-safety-comment"] = "safety",
  },
}
