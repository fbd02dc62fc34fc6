-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "0.4",
  slug = "assertions",
  title = "Which check, and when",
  minutes = 30,
  needs = { "0.3" },
  kernel = { "7.3" },
  budget = 10, -- many WARNINGs take their time
  kernel_symbols = { "__kunit_abort" }, -- of board_tests.rs

  files = {
    given = { "panel.c", "panel_rs.rs", "config.rs", "board_tests.rs", "Makefile" },
    edit = { "board.rs" },
  },

  steps = {
    read "whose-fault",
    predict "assert" {
      question = "The module's `init` calls `close` once too often. What comes of it?",
      choices = {
        { "`init` ends with an error, and `insmod` reports it.",
          log = "panel_rs: 1 of 4 readings taken" },
        { "The whole machine stops: a panic of the kernel.", log = "Kernel panic - not syncing" },
        { "`insmod` is killed in the middle, and the machine goes on.",
          log = { "closed too often", "kernel BUG at rust/helpers/bug.c" } },
      },
      answer = 3,
      try = "assert",
      run = function(guest) guest:insmod("panel_rs.ko", { closes = 2 }) end,
      why = "A failing `assert!` is a panic of Rust, which in the kernel is a `BUG()`. Nothing is "
        .. "unwound: no destructor runs, no lock is released, no error reaches anybody. The task "
        .. "that happened to call is killed where it stands. The module is still there, for good: "
        .. "`/proc/modules` says Loading, and `rmmod` answers `EBUSY` until the next boot. And had the "
        .. "machine been set to `panic_on_oops`, the second answer would be right.",
    },
    write "from-outside" { checks = { "loads", "readings", "said-once", "said-no-more", "no-alarm" } },
    write "from-within" { checks = { "one-warning", "survives" } },
    read "before-it-runs",
    predict "never-called" {
      question = "Is the module built, although 6 is not a power of two?",
      choices = {
        "No: `rustc` looks at each assertion when it reads the file.",
        "No: the module has `rust_build_error` in it, and modpost complains.",
        { "Yes, and it loads.", log = "panel_rs: 1 of 4 readings taken" },
      },
      answer = 3,
      try = "never-called",
      run = function(guest) guest:insmod "panel_rs.ko" end,
      why = "A `const_assert!` belongs to one instance of its function, here `History::<6>::new`, "
        .. "and the compiler makes an instance only for those who call. As nobody does, nobody "
        .. "looks. That is right here, for no such history is ever made. But it is why "
        .. "`static_assert!` comes first: that one is always looked at.",
    },
    write "at-build" { checks = { "channels", "histories", "clean" } },
    explore "look-at-it" {
      commands = {
        "insmod panel.ko closes=2",
        "insmod panel_rs.ko closes=2",
        "dmesg | grep WARNING",
        "cat /sys/kernel/warn_count",
        "dmesg | grep taken",
        "rmmod panel_rs",
        "insmod panel_rs.ko",
        "dmesg | grep channel",
      },
      notice = "Do the two WARNINGs tell you the same? Which function does each name, and why is it "
        .. "not the one with the check? (It is small. The compiler copies such a function into its "
        .. "caller. In the Rust one read the words between the numbers: the compiler has packed the whole "
        .. "path into a name.) And how often may `pr_err_once!` speak when a module is "
        .. "loaded twice?",
    },
  },

  run = function(guest)
    guest:insmod "panel_rs.ko"
    guest:rmmod "panel_rs"
    guest:read("/sys/kernel/warn_count", { as = "warnings after the bad readings" })
    guest:insmod("panel_rs.ko", { closes = 2 }, { as = "insmod panel_rs.ko closes=2" })
    guest:rmmod "panel_rs"
    guest:read("/sys/kernel/warn_count", { as = "warnings after a close too many" })
  end,

  checks = {
    check "loads" { title = "the module loads, whatever the cable says", points = 1,
      job = "insmod panel_rs.ko" },
    check "readings" { title = "good readings are kept, others are EINVAL", points = 2,
      ktap = "board_readings" },
    check "said-once" { title = "the log has the first of the bad channels", points = 1,
      job = "insmod panel_rs.ko", log = "panel_rs: there is no channel 40", count = 1 },
    check "said-no-more" { title = "and none after it", points = 1,
      job = "insmod panel_rs.ko",
      absent = { "there is no channel 41", "there is no channel 42" } },
    check "no-alarm" { title = "a broken cable is no WARNING", points = 1,
      job = "warnings after the bad readings", output = { { pattern = "^0$" } } },
    check "one-warning" { title = "a close too many is exactly one WARNING", points = 2,
      job = "warnings after a close too many", output = { { pattern = "^1$" } } },
    check "survives" { title = "after it the module goes on, with no users", points = 1,
      job = "insmod panel_rs.ko closes=2", log = "1 of 4 readings taken, users 0" },
    check "channels" { title = "more channels than bits do not build", points = 2,
      variant = "33-channels", expect = "build-failed" },
    check "histories" { title = "a history of six values does not build", points = 2,
      variant = "history-of-6", expect = "build-failed" },
    check "clean" { title = "but for that WARNING, the kernel reports no fault", points = 1,
      findings = { allow = { "warn" } } },
  },

  hints = {
    start = {
      "Read `panel.c`, and for each of its four checks ask: who is wrong if it does not hold?",
      "Begin in `accept`, at its `TODO`: `if channel >= config::CHANNELS {` and a closing brace. "
        .. "What belongs between them stands in `board_accept` in C.",
    },
    loads = {
      "What is the last line in the log of this step, and which of your lines does it name?",
      "If `init` panics at the shift, `accept` let a channel in that is not there. Look at the "
        .. "number before anything is done with it, and return early.",
    },
    readings = {
      "Which case failed? It is a function in `board_tests.rs`, and the log says what was expected "
        .. "there.",
      "`users_are_counted` is about `close`: does it return where it should count? `warn_on!` wants "
        .. "the opposite of what `assert!` wants. The cases with channels are about `accept`.",
      "Channels are numbered from 0: with 32 of them, 31 is the last. And who sends another must be "
        .. "told so: by an `Err`, not by an `Ok`.",
      "First in `accept`: `if channel >= config::CHANNELS { … return Err(EINVAL); }`, and nothing of the board "
        .. "is changed before that.",
    },
    ["said-once"] = {
      "Did you print a line, and is its text that of `panel.c`, letter by letter?",
      "`kernel::pr_err_once!(\"there is no channel {}\\n\", channel);` before the `return`.",
    },
    ["said-no-more"] = {
      "How many lines would a cable that is broken for a day write into the log?",
      "`pr_err!` prints each time. Its sister, `kernel::pr_err_once!`, prints the first time only.",
    },
    ["no-alarm"] = {
      "Four readings came, one was good, and the kernel raised an alarm. Is there a bug in it? See "
        .. "which line the WARNING names.",
      "A line in `close`? It was called as often as it should be. `warn_on!` complains when its "
        .. "condition is true: what must be true of the users when things are bad?",
      "A line in `accept`? No line of the kernel is wrong when a cable is: `accept` answers with `Err(EINVAL)` and a "
        .. "line in the log, and without `warn_on!`.",
    },
    ["one-warning"] = {
      "Somebody closes a board that nobody has open. Who will ever know?",
      "This is the third question: it happens only if some other line of the kernel is wrong. Its "
        .. "macro is `kernel::warn_on!`, with a condition that is true when things are bad.",
      "`if kernel::warn_on!(self.users == 0) { return; }` before the count is changed.",
    },
    survives = {
      "What did `init` still do after the close that was one too many?",
      "Compare the number of users in the log. Warning is one half: with no users left, `close` must "
        .. "return before it counts down.",
      "The value of `warn_on!` is its condition, so it can stand in an `if` with a `return` in it.",
    },
    channels = {
      "In `config.rs` somebody will write 33. Which line of yours stops them?",
      "`static_assert!` above `History`: `config::CHANNELS` is at most `u32::BITS`. An `assert!` or "
        .. "an `if` inside of a function looks only when it is run.",
    },
    histories = {
      "Somebody makes a `History::<6>` of their own. Which line of yours stops them?",
      "An assertion about `config::KEPT` sees that one constant. The assertion belongs into "
        .. "`History::new`, where every history is made, and it is about `N`.",
      "`const_assert!(N.is_power_of_two(), \"…\");` as the first line of `new`. An `assert!` in its "
        .. "place would build, and panic in the kernel.",
    },
    clean = {
      "The report names a line of yours. Is that line in `accept` or in `close`?",
      "In `close`: neither `assert!` nor a count below zero. Warn, and return. In `accept`: the shift "
        .. "is safe only for channels that are there.",
    },
    warn = {
      "Which of your lines does the WARNING name: one in `accept` or one in `close`?",
      "The one WARNING of `close`, when it is called once too often, is meant to be. Any other is "
        .. "not. If there is one although all is right, the condition is upside down: `warn_on!` "
        .. "complains when it is true.",
    },
    ["rust-panic"] = {
      "Which line panicked? Is it one of the two that the lesson is about, or an `assert!` of yours?",
      "A shift: `accept` took a channel that is not there. A subtraction: `close` went on although "
        .. "there are no users. An assertion: the kernel has gentler words, in the table of the "
        .. "first step.",
    },
    crash = {
      "Read the first report, the others often follow from it. Which line of yours does it name?",
      "Nothing in this lesson needs to panic: `accept` returns an error, and `close` warns and returns.",
    },
    E0080 = {
      "This is an assertion at work: the compiler worked out its condition, and it is false. Which "
        .. "numbers are in it?",
      "`config::CHANNELS` and `u32::BITS` are 32 here, `config::KEPT` is 8. Which way round is your "
        .. "comparison? And if you made it fail on purpose, put the old number back.",
    },
    E0308 = {
      "Which type was expected, and which one was found?",
      "Expected `bool`, found `u32`: a number is no condition, and `!` in front of one flips its bits. "
        .. "Compare it with 0.",
      "Expected `()`, found `Result`: an `Err(EINVAL)` in the middle of a function is returned by "
        .. "writing `return` before it.",
      "Expected `Result`, found `Error`: `return Err(EINVAL);` has the error inside of an `Err`.",
      "Expected `u32`, found `usize`: `config::KEPT` and `size_of` are `usize`, and neither is "
        .. "needed: it is `config::CHANNELS` and `u32::BITS`.",
    },
    E0401 = {
      "Which name can the assertion not use, and who chooses its value?",
      "`static_assert!` knows constants only. `N` is a parameter of the type: the next word in the "
        .. "list, `const_assert!`, can use it.",
    },
    E0425 = {
      "Which name is it, and in which file does it stand?",
      "The constants are those of another file: `config::CHANNELS`, `config::KEPT`.",
    },
    E0600 = { "There is no `-EINVAL` in Rust: the constant has its sign already. `Err(EINVAL)`." },
    E0615 = { "`is_power_of_two` is a method. It is called with parentheses: `N.is_power_of_two()`." },
    ["build-failed"] = {
      "Which error is the first? Mend that one, then `check` again: the others often follow from it.",
      "\"cannot find macro `pr_err_once`\", or `warn_on`: they are not in the prelude. Write "
        .. "`kernel::pr_err_once!` and `kernel::warn_on!`.",
      "\"expected `{`\": in Rust the body of an `if` always has its braces, and its condition needs "
        .. "no parentheses.",
      "\"argument never used\": the place for a value is `{}` in Rust, not `%u`.",
      "\"symbol 'rust_build_error' undefined!\": a `build_assert!` whose condition the compiler "
        .. "cannot prove. Who chooses that number, and when? What comes over a cable is tested by "
        .. "`if`, and what is a parameter of the type by `const_assert!`.",
      "\"expected one of …\" at a `const_assert!`: is it outside of a function? There only "
        .. "`static_assert!` can stand.",
    },
  },

  wrong = {
    ["every-time"] = "said-no-more",
    ["warning-on-input"] = "no-alarm",
    ["build-assert-on-input"] = { verdict = "build-failed" },
    ["silent-close"] = "one-warning",
    ["warned-and-went-on"] = "survives",
    ["assert-in-close"] = { check = "clean", verdict = "crash" },
    ["no-static-assert"] = "channels",
    ["tested-when-run"] = "histories",
    ["one-constant-only"] = "histories",
    ["static-assert-on-n"] = { verdict = "build-failed" },
  },
}
