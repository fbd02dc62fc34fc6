-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.8",
  slug = "callbacks",
  title = "A closure through a void pointer",
  minutes = 30,
  needs = { "1.7" },
  kernel = { "7.3" },

  files = {
    given = {
      "sensors.h", "sensors.c", "rack_rs.rs", "door.rs", "door.h", "export.c", "Makefile",
    },
    edit = { "walk.rs" },
  },

  steps = {
    read "a-function-and-a-pointer",
    read "closures",
    predict "kept" {
      question = "Suppose that the rack had a second function, `rack_watch(fn, ctx)`, that keeps both "
        .. "and calls `fn` whenever a sensor is plugged in. A wrapper puts the closure into a `KBox`, "
        .. "hands out the address of what is in it, and returns; there the `KBox` is dropped. "
        .. "Then a sensor is plugged in. What happens?",
      choices = {
        "`rustc` does not let it come to that: the closure does not live long enough.",
        "It all builds, the closure is called, and nobody notices anything.",
        { "It all builds, the closure is called, and the kernel reports the use of freed memory.",
          log = { "rack: watching", "BUG: KASAN: slab-use-after-free" } },
      },
      answer = 3,
      try = "kept",
      why = "The borrow checker follows references. In `rack_watch(trampoline::<F>, ptr)` "
        .. "there is only a raw pointer, which has no lifetime, so nothing was there to check; "
        .. "and KASAN caught it because this kernel is built with it. Elsewhere the closure would have run on "
        .. "whatever lies there now. A pointer that C keeps needs an owner that lives as "
        .. "long: `Registration` in `rust/kernel/irq/request.rs` is one, and its `drop` takes the pointer "
        .. "back from C first. Your `for_each` is easier, for `rack_for_each` is done with "
        .. "`ctx` when it returns.",
    },
    predict "panic" {
      question = "A closure indexes an array past its end, and panics, in the middle of "
        .. "`rack_for_each`, which holds its mutex. What happens?",
      choices = {
        { "The panic unwinds through C to the caller of `for_each`, which gets an error.",
          log = "panics: for_each() has returned -" },
        { "The task ends there. Its mutex is released, as its memory and its files are.",
          log = {
            "panics: for_each() has not returned, and its thread is gone",
            "panics: the mutex of the rack is free",
          } },
        { "The task ends there, and the mutex stays locked.",
          log = {
            "panics: for_each() has not returned, and its thread is gone",
            "panics: the mutex of the rack is locked",
          } },
      },
      answer = 3,
      try = "panic",
      run = function(guest)
        guest:insmod "rack.ko"
        guest:insmod "panics.ko"
      end,
      why = "The kernel's Rust is built with `-Cpanic=abort`: nothing unwinds. The panic handler, in "
        .. "`rust/kernel/lib.rs`, prints the message and calls `BUG()`, which kills the task where it "
        .. "stands (or stops the machine, if `panic_on_oops` is set). Its address space and its open files belong to "
        .. "the task, but a mutex does not, nor what it has from `kmalloc()`: whoever wants this mutex "
        .. "next waits for good. In a callback you are inside of somebody else's function, with locks that you do not see. So "
        .. "what can fail returns an `Err`, and a trampoline turns that into an errno: no "
        .. "`unwrap()`, no `[i]` that has not been looked at.",
    },
    write "the-trampoline",
  },

  run = function(guest)
    guest:insmod "rack.ko"
    guest:insmod "rack_test.ko"
    guest:rmmod "rack_test"
    guest:rmmod "rack"
  end,

  checks = {
    check "loads" { title = "the module loads", points = 1, job = "insmod rack.ko" },
    check "hottest" { title = "a closure finds the hottest sensor", points = 1,
      job = "insmod rack.ko",
      log = "rack: 4 sensors, the hottest has 71 degrees, in slot 5" },
    check "visits" { title = "every visit finds the very same closure", points = 2,
      ktap = "rack_visits" },
    check "stops" { title = "an error stops the walk, and arrives as it was", points = 3,
      ktap = "rack_stops" },
    check "ends" { title = "the closure is dropped once, after the walk", points = 2,
      ktap = "rack_ends" },
    check "safety" { title = "every unsafe block has a SAFETY comment", points = 1,
      lint = { "clippy::undocumented_unsafe_blocks" } },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
    start = {
      "Begin with the `extern` block: the prototype in `sensors.h`, word by word. What type does its "
        .. "first parameter have in Rust?",
      "It is `visit: unsafe extern \"C\" fn(slot: c_uint, celsius: c_int, ctx: *mut c_void) -> c_int,` "
        .. "and after it comes `ctx: *mut c_void`.",
      "The trampoline begins with `unsafe extern \"C\" fn trampoline<F>(slot: c_uint, celsius: c_int, "
        .. "ctx: *mut c_void) -> c_int` and then `where F: FnMut(u32, i32) -> Result,` as `for_each` does.",
    },
    loads = {
      "The user in `rack_rs.rs` hands your error on from `init`. What does `for_each` return?",
      "As long as `for_each` ends in `Err(EOPNOTSUPP)`, `insmod` fails with -95. If `insmod` was killed, "
        .. "the report above says in which line.",
    },
    hottest = {
      "Is the closure called with the slot first, and then the temperature?",
    },
    visits = {
      "Does each call work on the closure that the caller has passed, or on a copy?",
      "In the trampoline you want a reference to what lies behind `ctx`: "
        .. "`let visit = unsafe { &mut *ctx.cast::<F>() };`",
    },
    stops = {
      "The closure returns an `Err`. Follow it: through the trampoline to C, from C to `for_each`, "
        .. "and to the caller. Where is it lost, or changed?",
      "The trampoline must return 0 for `Ok`, and for `Err(e)` the very errno, negative: that is "
        .. "`e.to_errno()`. The function `from_result` in `rust/kernel/error.rs` does both.",
      "What `rack_for_each` returns may also be an error of the rack itself. In `for_each` it all goes into "
        .. "`to_result(…)`, and that is what you return.",
    },
    ends = {
      "Who owns the closure: `for_each`, the trampoline, or C? Who of them drops it, and when?",
      "The `visit` of `for_each` is dropped when `for_each` returns: so it is enough to lend its address. Neither "
        .. "`KBox::into_raw` nor `read()` is needed; the first forgets the closure, and the "
        .. "second makes one more of it that is dropped as well.",
    },
    safety = {
      "Clippy names the line. What would a reviewer ask you there?",
      "Put a comment that starts with `// SAFETY:` directly above the statement with the `unsafe` block.",
      "In the trampoline: who promises that there is an `F` behind `ctx`? At the call: what does `ctx` point to, "
        .. "why is that the `F` of this trampoline, and how long does it live?",
    },
    kasan = {
      "Compare two types: that of what `for_each` gives the address of, and that to which the trampoline casts "
        .. "`ctx`. Are they the same?",
      "If `for_each` passes `&raw mut visit`, then `ctx` points to an `F`, and the cast is "
        .. "`ctx.cast::<F>()`. To cast it to a `&mut dyn FnMut`, you must pass the address of such "
        .. "a reference.",
      "Freed memory: a closure that is taken out by `read()` is a second one with the same contents, and both "
        .. "are dropped. Use a reference.",
      "Is a function converted to another type by `as` or `transmute`? Then nobody compares any more. "
        .. "Give it the parameters that `sensors.h` asks for, in that order.",
    },
    ["rust-panic"] = {
      "An `Err` from a closure is nothing unusual: it is how a caller ends the walk. What does your "
        .. "trampoline do with it?",
      "No `unwrap()` there: make an errno of it, by `from_result` or with `match` and `e.to_errno()`.",
    },
    E0133 = { "Calling a C function, or a function that is declared `unsafe`, goes into `unsafe { … }`." },
    E0277 = {
      "Which type lacks what? For `From<i16>` and `()`: what does `from_result` want to find in the `Ok`? For `?`: what "
        .. "does the function around it return?",
      "`from_result` wants a number in the `Ok`, and `visit` has only `()` there. The trampoline returns a number, so `?` "
        .. "has a place only in a closure inside of it. Both are settled by "
        .. "`from_result(|| { visit(slot, celsius)?; Ok(0) })`, or by a `match`.",
    },
    E0282 = { "Which `F` is meant, the compiler cannot guess: name it, `trampoline::<F>`." },
    E0283 = { "The trampoline for which type? Name it, `trampoline::<F>`." },
    E0308 = {
      "Which type was expected, and which one was found? Is it the function, the pointer, or the value that is "
        .. "returned?",
      "Expected a fn pointer, found a type parameter: a closure is no function that C could call. The trampoline is.",
      "Expected a \"C\" fn, found a \"Rust\" fn, or the reverse; a safe fn, found an unsafe one: the trampoline and the "
        .. "first parameter in your `extern` block must both begin with `unsafe extern \"C\" fn`.",
      "Expected `*mut c_void`: what you have is the address of a closure. `(&raw mut visit).cast()` is the "
        .. "same address without its type.",
      "Expected an `i32`, found a `Result` or `()`: C wants a number, and 0 is to go on. Expected an `Option`: then it is "
        .. "`Some(trampoline::<F>)`.",
    },
    E0401 = {
      "A function inside of another does not know the `F` of the outer one. Where would it get its own?",
      "Give it one: `fn trampoline<F>(…)`, with the same `where`, and call it `trampoline::<F>`.",
    },
    E0412 = { "Is the type in the prelude (`c_int`, `c_uint`, `c_void`)? And does the function have "
      .. "`<F>` after its name?" },
    E0425 = {
      "Which name is it, and where would Rust have learned of it?",
      "A C function must be declared in an `extern` block. For `to_result` and `from_result` there must be "
        .. "a `use kernel::error::{from_result, to_result};`",
    },
    E0596 = {
      "A call of an `FnMut` changes the closure. So what kind of reference must it be?",
      "In the trampoline `&mut *`, not `&*`. In `for_each` the parameter is `mut visit: F`.",
    },
    E0605 = { "No `as` makes a function of a closure. Write the function in the middle, the trampoline." },
    E0606 = {
      "One step too many for `as`: first the address, then the cast.",
      "The address of the closure is `&raw mut visit`; `(&raw mut visit).cast()` has the type that C wants.",
    },
    E0618 = {
      "What does the message say that you are calling: a pointer, or a reference to something? What can be called?",
      "A raw pointer cannot: cast it to `*mut F`, and make a reference of it, `&mut *`. And that an `F` can be called "
        .. "says the `where` with `FnMut`, which the trampoline needs as well.",
    },
    improper_ctypes = {
      "A generic type or a `Result` means nothing to C. In the `extern` block use what `sensors.h` uses.",
    },
    ["abi-failed"] = {
      "The report names two places, one in C and one in your `extern` block. What does each of the two say?",
      "The first parameter is a function that takes `unsigned int`, `int` and `void *`, in this order, and "
        .. "returns `int`: `unsafe extern \"C\" fn(c_uint, c_int, *mut c_void) -> c_int`.",
    },
    ["build-failed"] = {
      "Which error is the first? Mend that one, then `check` again: the others often follow from it.",
      "Only if an error says \"expected …\" and has no number: a sign is wrong or missing at that place or just "
        .. "before it. After `where F: …` stands a comma, and then the brace.",
    },
  },

  wrong = {
    ["swallowed-error"] = "stops",
    ["positive-errno"] = "stops",
    ["forgotten-result"] = "stops",
    ["unwrap"] = { check = "clean", verdict = "crash" },
    ["read-by-value"] = { check = "clean", verdict = "crash" },
    ["boxed-and-left"] = "ends",
    ["thin-for-fat"] = { check = "clean", verdict = "crash" },
    ["forced-type"] = { check = "clean", verdict = "crash" },
    ["swapped-parameters"] = { verdict = "abi-failed" },
    ["closure-as-function"] = { verdict = "build-failed" },
    ["no-safety-comment"] = "safety",
  },
}
