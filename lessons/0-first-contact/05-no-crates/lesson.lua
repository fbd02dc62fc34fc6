-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "0.5",
  slug = "no-crates",
  title = "No std, no crates",
  minutes = 30,
  needs = { "0.3" },
  kernel = { "7.3" },
  kernel_symbols = { "__kunit_abort" }, -- of stock_tests.rs

  files = {
    given = { "stock_user.rs", "stock_rs.rs", "name.rs", "stock_tests.rs", "Makefile" },
    edit = { "stock.rs" },
  },

  steps = {
    read "what-there-is",
    predict "too-much" {
      question = "What does the log say after `1 << 61 numbers:`?",
      choices = {
        { "Nothing more: it panics with `capacity overflow`, as `Vec` does.",
          log = "capacity overflow" },
        { "Nothing more: the kernel kills a process to get the memory.", log = "Out of memory" },
        { "`Err(AllocError)`", log = "1 << 61 numbers: Err(AllocError)" },
      },
      answer = 3,
      try = "too-much",
      run = function(guest) guest:insmod "stock_rs.ko" end,
      why = "So many bytes cannot be named, and `KVec` finds that out before it asks for any. But "
        .. "it does not say so in another way than when memory is short: whatever the reason, what "
        .. "comes is an `Err` for the caller, who decides. That is the whole difference between "
        .. "`Vec` and `KVec`.",
    },
    read "all-or-nothing",
    predict "no-question-mark" {
      question = "Somebody wrote `self.deliveries.push(count, GFP_KERNEL);` and forgot the `?`. Memory "
        .. "is short just then. What happens?",
      choices = {
        "It does not build: an error must be looked at.",
        { "It panics: an error that nobody looks at is a panic.", log = "panicked at" },
        { "It goes on, with a delivery that is counted and not listed.",
          log = "half a delivery: 0 came, 12 are counted" },
      },
      answer = 3,
      try = "no-question-mark",
      run = function(guest) guest:failslab("stock_rs.ko", nil, { most = 30 }) end,
      why = "A `Result` that is dropped is a warning, `unused_must_use`, and the module builds. Nobody "
        .. "learns of the error, and the two fields no longer agree. (The experiment let one "
        .. "allocation fail after the other, as the check does.) Kiln shows you the warning; in the "
        .. "kernel a patch with one is not accepted.",
    },
    write "the-port",
  },

  run = function(guest)
    guest:insmod "stock_rs.ko"
    guest:rmmod "stock_rs"
    guest:failslab("stock_rs.ko", nil, { error = "ENOMEM", most = 30 })
  end,

  checks = {
    check "loads" { title = "the module loads, and prints a label", points = 1,
      job = "insmod stock_rs.ko", log = "stock_rs: nut: 30" },
    check "deliveries" { title = "what is delivered is counted", points = 2,
      ktap = "stock_deliveries" },
    check "errors" { title = "nonsense gets its errno, and changes nothing", points = 2,
      ktap = "stock_errors" },
    check "enomem" { title = "whichever allocation fails, init says ENOMEM", points = 3,
      job = "failslab stock_rs.ko" },
    check "all-or-nothing" { title = "and no half of a delivery is kept", points = 2,
      absent = "half a delivery" },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
    start = "x",
    ["build-failed"] = "x",
  },

  wrong = {
    ["std-collections"] = { verdict = "build-failed" },
    ["push-without-flags"] = { verdict = "build-failed" },
    ["format-macro"] = { verdict = "build-failed" },
    ["indexed-label"] = { verdict = "build-failed" },
    ["replaced-count"] = "deliveries",
    ["plain-plus"] = "errors",
    ["unwrapped-number"] = "errors",
    ["ignored-result"] = "enomem",
    ["one-error-for-all"] = "enomem",
    ["unwrapped-memory"] = { check = "clean", verdict = "crash" },
    ["half-a-delivery"] = "all-or-nothing",
  },
}
