-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "0.2",
  slug = "mutability",
  title = "Mutability is written down",
  minutes = 30,
  needs = { "0.1" },
  kernel = { "7.3" },

  files = {
    given = { "stats.c", "main_rs.rs", "door.rs", "door.h", "export.c", "Makefile" },
    edit = { "survey.rs", "acc.rs" },
  },

  steps = {
    read "what-may-change",
    predict "shadow" {
      question = "What does this print?",
      choices = {
        { "`total 60`", log = "total 60" },
        { "`total 0`", log = "total 0" },
        { "`total 30`", log = "total 30" },
        "Nothing: it does not build, for `total` is not `mut`.",
      },
      answer = 2,
      try = "shadow",
      run = function(guest) guest:insmod "stats_rs.ko" end,
      why = "Nothing is ever changed here, so no `mut` is missing. Right of the `=`, `total` is still the "
        .. "outer one; what the second `let` makes is a new variable in each round, which ends with "
        .. "its round, and the outer `total` stays 0. (In C, `u32 total = total + x` in the loop is "
        .. "worse: there the new `total` is in scope right of the `=` too, and is read before it has "
        .. "a value.) The compiler does warn: \"unused variable: `total`\". In Rust that warning is "
        .. "often the trace of a `let` too many.",
    },
    write "mend" { files = { "survey.rs" }, checks = { "loads", "survey", "line", "variables" } },
    read "who-changes-it",
    predict "overflow" {
      question = "A total of 4294967000 us is in a `u32`, and a sample of 500 us comes in. What "
        .. "does `self.total += sample` do in this kernel?",
      choices = {
        { "It wraps, as in C: the total is 204.", log = "total 204" },
        { "It stops at the largest `u32`, 4294967295.", log = "total 4294967295" },
        { "It is a panic: the kernel reports a BUG.",
          log = { "stats_rs: total 4294967000, and 500 more", "attempt to add with overflow" } },
        "It does not build.",
      },
      answer = 3,
      try = "overflow",
      run = function(guest) guest:insmod "stats_rs.ko" end,
      why = "With `CONFIG_RUST_OVERFLOW_CHECKS`, which is on unless someone turns it off, rustc "
        .. "puts a test behind each `+`, `-` and `*`, in optimised code as well. (Cargo's release "
        .. "builds do without; there it would wrap.) What fails is a panic, which is a BUG: "
        .. "`insmod` was killed, and the module can no longer be unloaded. Better than a wrong "
        .. "total that somebody relies on, and no answer to a number that came from outside.",
    },
    write "accumulate",
  },

  run = function(guest)
    guest:insmod "stats.ko"
    guest:insmod "stats_rs.ko"
    guest:insmod "stats_test.ko"
    guest:rmmod "stats_test"
    guest:rmmod "stats_rs"
    guest:rmmod "stats"
  end,

  checks = {
    check "loads" { title = "the Rust module loads", points = 1, job = "insmod stats_rs.ko" },
    check "survey" { title = "both questions about a table are answered", points = 2,
      ktap = "stats_survey", needs = { "loads" } },
    check "line" { title = "its first line says what that of C says", points = 1,
      needs = { "survey" },
      log = { "stats: longest 400 us, 40% above 150 us",
        "stats_rs: longest 400 us, 40% above 150 us" } },
    check "values" { title = "samples add up, and each Stats for itself", points = 2,
      ktap = "stats_values", needs = { "loads" } },
    check "mean-line" { title = "its second line says what that of C says", points = 1,
      needs = { "values" },
      log = { "stats: 5 samples, mean 179 us", "stats_rs: 5 samples, mean 179 us" } },
    check "overflow" { title = "what does not fit is EOVERFLOW, and changes nothing", points = 3,
      ktap = "stats_overflow", needs = { "loads" } },
    check "variables" { title = "no unused variable, no needless mut, no unwrap()", points = 1,
      lint = { "unused_variables", "unused_mut", "unused_assignments", "static_mut_refs",
        "clippy::unwrap_used" } },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
    start = {
      "Type `check` before you change anything. Which name can the compiler not find, and where was "
        .. "it made?",
      "In `survey.rs`: a variable that is read after the loop must be made before the loop.",
    },
    loads = {
      "Did you change what `main_rs.rs` needs? Only `survey.rs` and `acc.rs` are to be changed, and "
        .. "the functions in them keep their names and parameters.",
    },
    survey = {
      "The message says which question was asked, of which samples, and what came back. Count it by "
        .. "hand.",
      "Is it `slow_percent`, and does it always say 0? Then read the compiler's warning in the "
        .. "same report: a variable that is \"unused\" has its value, and another of the same name "
        .. "is returned.",
      "The `let` inside the `if` makes a second `percent`, which ends at the next brace. Either the "
        .. "outer one is `mut` and the inner line has no `let`; or the value comes from the `if` "
        .. "itself: `let percent = if samples.is_empty() { 0 } else { … };`",
      "A sample that is equal to the limit is not slow, and 100 is multiplied before it is divided.",
    },
    line = {
      "Compare the two lines in the report: which number differs, and which function gives it?",
    },
    ["mean-line"] = {
      "If it says \"no statistics\", `add` still gives an error. Does it say \"no mean\"? Then `mean` "
        .. "still gives `None`.",
      "What `add` returns when all went well is `Ok(())`.",
    },
    values = {
      "The message says what was done and what was expected. Is it `add`, or `mean`?",
      "In `add` three fields change: the count by 1, the total by the sample, and the longest if "
        .. "the sample is longer.",
      "Does a Stats know what another was told? Then something is kept outside of `self`. Nothing "
        .. "is needed that lives longer than the call, and no `static`.",
      "The mean of no samples is `None`, that of others is `Some(…)`: "
        .. "`self.total.checked_div(self.count)` is both.",
    },
    overflow = {
      "Take the case in the message: what does your `add` do with it, line by line?",
      "Two sums may not fit: the count and 1, the total and the sample. Each is "
        .. "`checked_add`, and a `None` is `return Err(EOVERFLOW);`.",
      "If a field changed although the answer was EOVERFLOW: make both sums first, as variables, "
        .. "and assign to the fields when you have both.",
      "The first half, twice: `let Some(count) = self.count.checked_add(1) else { return "
        .. "Err(EOVERFLOW); };`",
    },
    variables = {
      "The compiler names the variable and its line. Is it the one you meant to use there?",
      "If it says \"unused variable\", look for a `let` where you meant to assign. A name that "
        .. "starts with `_` silences the warning and leaves the fault.",
      "If it says \"does not need to be mutable\", nothing changes it: leave out the `mut`.",
      "If it says `unwrap()`: the compiler proposed that, but in the kernel it is a panic in "
        .. "waiting. A number that fits for certain is cast, `as u32`; one that may not fit is an "
        .. "error, `Err(EOVERFLOW)`.",
    },
    ["rust-panic"] = {
      "The report names the line and what it calculated. Which of the numbers there may be too "
        .. "large, or 0?",
      "A plain `+` or `+=` claims that the sum fits. Use `checked_add`, which gives `None` when it "
        .. "does not.",
      "A plain `/` claims that there is no 0 behind it. `checked_div` gives `None` when there is.",
    },
    clean = {
      "Which line of yours does the report name? What may go wrong in it?",
    },
    E0133 = {
      "A `static mut` can be used in `unsafe` only, for two CPUs may be there at once. Which field "
        .. "of `self` could hold the number?",
    },
    E0277 = {
      "Two different types of numbers in one calculation? Which of the two is `samples.len()`?",
      "It is a `usize`. Let both be `usize` until the end, and write `as u32` behind the result.",
      "If the message is about `?`: `checked_add` gives an `Option`, and this function returns a "
        .. "`Result`. Use `let Some(…) = … else`, or `.ok_or(EOVERFLOW)` before the `?`.",
    },
    E0308 = {
      "Which type was expected, and which one was found?",
      "`usize` and `u32`: the length of a slice is a `usize`. A cast, `as u32`, makes the other of "
        .. "it; write it where the number is small for certain. The `try_into().unwrap()` that the "
        .. "compiler may offer panics when it does not fit.",
      "`Option<u32>` and `u32`: an `Option` may be empty. `let Some(total) = … else { … };` takes "
        .. "out what is in it.",
      "`&u32` and `u32`: `sample` is a reference to the number, and `*sample` the number.",
      "Expected a `Result`, found `()`: the last expression of `add` is `Ok(())`, without a "
        .. "semicolon. An error is `Err(EOVERFLOW)`.",
    },
    E0384 = {
      "The compiler names the line that changes the variable, and the line where it was made. "
        .. "Should it change?",
      "If so, say it where it is made: `let mut`.",
    },
    E0425 = {
      "Where was the variable of this name made, and at which brace did it end?",
      "A variable made inside a loop ends with each round. Make it before the loop, once.",
      "A field is found through its value only: `self.total`.",
    },
    E0594 = {
      "What does the first parameter of the function say about `self`?",
      "`&self` may look only. `add` must have `&mut self`.",
    },
    E0596 = {
      "Somebody calls a method that changes the value. Did the one who made the value allow that?",
      "The line that makes it says `let`. It must say `let mut`.",
    },
    ["build-failed"] = {
      "Which error is the first? Mend that one, then `check` again. The compiler works in stages, "
        .. "so what it says next may be new.",
      "\"Rust has no postfix increment operator\": `slow++` is `slow += 1`.",
      "\"expected a pattern, found an expression\": what stands in the `Some(…)` of a `let` is the name "
        .. "of a new variable, `Some(count)`. It cannot be a field, `Some(self.count)`: assign to that "
        .. "later, in a line of its own.",
      "\"expected …\": a sign is wrong or missing at that place or just before it. `let … else { … }` "
        .. "ends in a semicolon; the value of a block has none.",
    },
  },

  wrong = {
    ["second-let"] = "survey",
    ["mut-everywhere"] = "variables",
    ["no-mut"] = { verdict = "build-failed" },
    ["shared-self"] = { verdict = "build-failed" },
    ["static-mut"] = "values",
    ["plain-add"] = { check = "overflow", verdict = "crash" },
    ["plain-count"] = { check = "overflow", verdict = "crash" },
    ["wrapping-add"] = "overflow",
    ["saturating-add"] = "overflow",
    ["half-changed"] = "overflow",
    ["plain-division"] = { check = "values", verdict = "crash" },
  },
}
