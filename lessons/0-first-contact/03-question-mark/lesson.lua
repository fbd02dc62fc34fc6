-- SPDX-License-Identifier: GPL-2.0-or-later

-- The step that fails, by its number, and what insmod says then.
local errno = { "EIO", "ETIMEDOUT", "ENOENT", "EBADMSG" }

return lesson {
  format = 1,
  id = "0.3",
  slug = "question-mark",
  title = "? instead of goto",
  minutes = 25,
  needs = { "0.2" },
  kernel = { "7.3" },

  files = {
    given = { "rig.c", "parts.rs", "Makefile" },
    edit = { "rig_rs.rs" },
  },

  steps = {
    read "the-ladder",
    predict "fields" {
      question = "The struct has its fields in the order in which they were made: `_power`, "
        .. "`_clock`, `_firmware`. What goes off first at `rmmod`?",
      choices = {
        { "The firmware: as with variables, what was made last is dropped first.",
          log = { "rig_rs: firmware off", "rig_rs: clock off", "rig_rs: power off" } },
        { "The power: fields are dropped from the first to the last.",
          log = { "rig_rs: wrong order: power off, while the clock still needs it",
            "rig_rs: power off", "rig_rs: clock off", "rig_rs: firmware off" } },
        "None: a field whose name starts with `_` is not dropped.",
      },
      answer = 2,
      try = "fields",
      run = function(guest)
        guest:insmod "rig_rs.ko"
        guest:rmmod "rig_rs"
      end,
      why = "Variables are dropped in the reverse order, and fields in the order in which the "
        .. "struct declares them. Both are promises of the language. So in a struct that owns "
        .. "things which need each other, what was made last stands first: the last rung of the "
        .. "ladder is the first field. (The `_` says to the compiler only that nobody reads the "
        .. "field.)",
    },
    write "climb" {
      checks = { "loads", "errno-power", "errno-clock", "errno-firmware", "undo", "order" },
    },
    read "only-if-it-fails",
    predict "underscore" {
      question = "With this line in the place of the `let`, and a self-test that passes: when does "
        .. "the sign go off?\n\n    let _ = ScopeGuard::new(parts::sign_off);",
      choices = {
        { "At the end of `init`, when all variables end.",
          log = { "rig_rs: sign on", "rig_rs: self-test passed", "rig_rs: sign off" } },
        { "At once, before the self-test.",
          log = { "rig_rs: sign on", "rig_rs: sign off", "rig_rs: self-test passed" } },
        { "Never: the guard is thrown away.", absent = "rig_rs: sign off" },
      },
      answer = 2,
      try = "underscore",
      run = function(guest) guest:insmod "rig_rs.ko" end,
      why = "`_` alone is no variable. It takes nothing, so the guard lives to the end of its "
        .. "statement and is dropped there. `_guard` is a variable like any other, and only the "
        .. "warning about its not being used is gone. No warning comes, even if the type is "
        .. "`#[must_use]`, as the kernel's lock guards are: `let _ =` says that you do not want it. "
        .. "With a lock in the place of the sign the lock would be open again in the next line.",
    },
    write "sign",
  },

  run = function(guest)
    guest:insmod("rig.ko", { fail_at = 4 }, { expect = "EBADMSG", as = "insmod rig.ko fail_at=4" })
    guest:insmod "rig.ko"
    guest:rmmod "rig"
    for step = 1, 4 do
      guest:insmod("rig_rs.ko", { fail_at = step },
        { expect = errno[step], as = "insmod rig_rs.ko fail_at=" .. step })
      -- Were it loaded all the same, the next insmod would fail for that reason.
      guest:rmmod("rig_rs", { expect = "ENOENT", as = "rmmod rig_rs after fail_at=" .. step })
    end
    guest:insmod "rig_rs.ko"
    guest:rmmod "rig_rs"
  end,

  checks = {
    check "loads" { title = "with nothing to fail the Rust module loads", points = 1,
      job = "insmod rig_rs.ko" },
    check "errno-power" { title = "without power insmod says EIO", points = 1,
      job = "insmod rig_rs.ko fail_at=1" },
    check "errno-clock" { title = "without a clock insmod says ETIMEDOUT", points = 1,
      job = "insmod rig_rs.ko fail_at=2" },
    check "errno-firmware" { title = "without firmware insmod says ENOENT", points = 1,
      job = "insmod rig_rs.ko fail_at=3" },
    check "undo" { title = "without firmware the clock goes off, then the power", points = 2,
      job = "insmod rig_rs.ko fail_at=3",
      log = { "rig_rs: power on", "rig_rs: clock on", "rig_rs: clock off", "rig_rs: power off" } },
    check "order" { title = "at rmmod all goes off, the last first", points = 2,
      job = "rmmod rig_rs",
      log = { "rig_rs: firmware off", "rig_rs: clock off", "rig_rs: power off" } },
    check "errno-test" { title = "when the self-test fails insmod says EBADMSG", points = 1,
      job = "insmod rig_rs.ko fail_at=4" },
    check "undo-test" { title = "when the self-test fails the sign goes off, then the rest",
      points = 2, job = "insmod rig_rs.ko fail_at=4",
      log = { "rig_rs: firmware on", "rig_rs: sign on", "rig_rs: self-test failed",
        "rig_rs: sign off", "rig_rs: firmware off", "rig_rs: clock off", "rig_rs: power off" } },
    check "tested" { title = "the sign is on before the self-test", points = 1,
      job = "insmod rig_rs.ko", log = { "rig_rs: sign on", "rig_rs: self-test passed" } },
    check "stays" { title = "the sign stays on when all went well", points = 1,
      job = "insmod rig_rs.ko", absent = "rig_rs: sign off", needs = { "tested" } },
    check "closed" { title = "at rmmod the sign goes off before the firmware", points = 1,
      job = "rmmod rig_rs", log = { "rig_rs: sign off", "rig_rs: firmware off" } },
    check "complaints" { title = "no part is switched twice, too early or too late", points = 1,
      absent = "rig_rs: wrong order",
      needs = { "undo", "order", "undo-test", "stays", "closed" } },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
    start = {
      "Type `check` first, and then `log`: one part goes on and off already. Which lines of yours "
        .. "do that?",
      "Begin with `use parts::{Clock, Firmware, Power};` at the top, then copy the line "
        .. "`let power = Power::on(fail_at)?;` for the clock.",
    },
    loads = {
      "With `fail_at=0` nothing fails by itself. What does `init` return then?",
      "The last expression is `Ok(Rig { … })`, with a value for each field and no semicolon.",
    },
    ["errno-power"] = {
      "The line for the power was right as you found it: `let power = Power::on(fail_at)?;`",
    },
    ["errno-clock"] = {
      "What did insmod say, and where should ETIMEDOUT have come from?",
      "If insmod gave success, or another part's errno: `Clock::on(fail_at)` is not called, or not "
        .. "before the firmware is.",
      "If it gave an errno of your own: leave it to the `?`, which hands on the one that came. "
        .. "`let clock = Clock::on(fail_at)?;`",
    },
    ["errno-firmware"] = {
      "What did insmod say, and where should ENOENT have come from?",
      "`let firmware = Firmware::on(fail_at)?;`, after the clock.",
    },
    undo = {
      "Read the lines of this load in the report. Which part is missing, or goes off too early?",
      "Each part must be kept in a variable of its own, made in the order power, clock, "
        .. "firmware. Without a name, or with `_` alone for a name, it goes off in the same line.",
    },
    order = {
      "What goes off at rmmod is what the struct owns. Does it own all three, and in which order "
        .. "are they dropped?",
      "If a part is missing: it went off at the end of `init`, because nobody had taken it. It "
        .. "needs a field, and a place in `Ok(Rig { … })`.",
      "If the order is wrong: the first field is dropped first. Declare `_firmware`, then `_clock`, "
        .. "then `_power`.",
    },
    ["errno-test"] = {
      "The self-test failed. Who was told?",
      "`parts::self_test(fail_at)` gives a `Result`. With a `?` behind it, its error leaves `init`.",
    },
    ["undo-test"] = {
      "Read the lines of this load from \"sign on\" on. Does the sign go off, and when?",
      "If it never does: make the guard after `sign_on()` and before the self-test.",
      "If it goes off before the self-test: has the guard a name? `let _ = …` is none.",
      "The order is `parts::sign_on();`, `let sign = ScopeGuard::new(parts::sign_off);`, "
        .. "`parts::self_test(fail_at)?;`, `sign.dismiss();`",
    },
    tested = {
      "Are `parts::sign_on()` and `parts::self_test(fail_at)` both called, in this order?",
    },
    stays = {
      "Nothing failed, and the sign went off all the same. Who put it out?",
      "A guard that is still there at the end of `init` is dropped there. What keeps it from "
        .. "calling its function?",
      "After the self-test: `sign.dismiss();`",
    },
    closed = {
      "The guard was dismissed. Who puts the sign out now?",
      "Something that runs when the `Rig` is dropped, before its fields are: `impl Drop for Rig`.",
      "In it `fn drop(&mut self) { parts::sign_off(); }`",
    },
    complaints = {
      "The complaint says what was switched, and what was wrong with that. Which line did it?",
      "If a part is off twice, it was undone by hand, and then again by its own drop. Leave it to "
        .. "the drop.",
    },
    clean = {
      "Which line of yours does the report name? A panic is never the answer to an error.",
    },
    ["rust-panic"] = {
      "The report names the line, and the error that was met there.",
      "`unwrap()` and `expect()` panic when there is an error. A `?` in their place hands it on.",
    },
    unused_must_use = {
      "What may this call report, and who looks at it? A `?` behind it does.",
    },
    unused_variables = {
      "Is it a part that the struct should have? Or a guard that is still to be dismissed?",
    },
    E0040 = {
      "Nobody calls `drop` of a value by hand. It runs when the value goes; `drop(value)`, the "
        .. "function, lets it go at once.",
    },
    E0046 = { "`impl Drop` must have `fn drop(&mut self)`." },
    E0063 = {
      "Every field must be given a value: `Ok(Rig { _firmware: firmware, … })`.",
    },
    E0277 = {
      "Is it about a `?`, or about a function that was expected? `ScopeGuard::new(parts::sign_off)` "
        .. "is given the function itself, without `()` behind it.",
      "If it is about a `?`: that needs a `Result` before it, and a function around it that returns a "
        .. "`Result`.",
      "`sign_on()` and `ScopeGuard::new()` cannot fail, so there is nothing for a `?`. `drop` "
        .. "returns nothing, so it cannot hand on an error.",
    },
    E0308 = {
      "Which type was expected, and which one was found?",
      "A `Clock` was expected and a `Result` found: the `?` is missing where it was made.",
      "A `Result` was expected and a `Rig`, or `()`, found: the end of `init` is `Ok(Rig { … })` "
        .. "without a semicolon.",
      "A `bool` was expected and a `Result` found: `if` asks for true or false. The `?` asks for you.",
    },
    E0382 = {
      "The value has been moved: into the `Rig`, or into `dismiss`. It cannot be used after that.",
    },
    E0412 = { "There is no type of this name here. Is it in the `use` line at the top?" },
    E0423 = {
      "Nobody but `parts.rs` can make a part. Ask for it: `Power::on(fail_at)?`",
    },
    E0425 = {
      "Which name is it? The functions of `parts.rs` are called by `parts::sign_on()`.",
    },
    E0433 = {
      "It is not known at this place. `Clock` and `Firmware` come from "
        .. "`use parts::{Clock, Firmware, Power};` and `ScopeGuard` from `use kernel::types::ScopeGuard;`",
    },
    E0509 = {
      "A type with a `drop` of its own cannot be taken apart. Let it own its parts until it goes.",
    },
    E0560 = { "The struct has no such field yet. Where is `Rig` declared?" },
    E0599 = {
      "Which type is it that has no such method? The guard has `dismiss`, and the guard is what "
        .. "`ScopeGuard::new(…)` gives.",
    },
    ["build-failed"] = {
      "Which error is the first? Mend that one, then `check` again: the others often follow from "
        .. "it.",
      "\"expected …\": a sign is wrong or missing at that place or just before it. Fields end in a "
        .. "comma, statements in a semicolon.",
    },
  },

  wrong = {
    ["fields-as-made"] = "order",
    ["variables-only"] = "order",
    ["unwrap"] = { check = "errno-clock", verdict = "crash" },
    ["one-errno"] = "errno-clock",
    ["forgotten-mark"] = "errno-test",
    ["no-guard"] = "undo-test",
    ["underscore"] = "undo-test",
    ["no-dismiss"] = "stays",
    ["no-drop"] = "closed",
  },
}
