-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "0.1",
  slug = "two-hellos",
  title = "Two hellos, one log",
  minutes = 12,
  kernel = { "7.3" },

  files = {
    given = { "hello.c", "Makefile" },
    edit = { "hello_rs.rs" },
  },
  programs = { "line_ends" },

  steps = {
    read "one-life-two-languages",
    predict "no-exit" {
      question = "Suppose that `init` returns `Ok`, and that nothing else is added to the file. "
        .. "`insmod` loads the module. What does `rmmod hello_rs` do then?",
      choices = {
        "It is refused: without an exit function a module cannot be unloaded.",
        { "It works, and prints nothing.",
          log = { "hello_rs: loaded, the answer is 42", "hello_rs: loaded, the answer is 7" } },
        "It never comes to that: such a module does not build.",
      },
      answer = 2,
      try = "no-exit",
      why = "The first answer is what happens in C: `delete_module` in `kernel/module/main.c` "
        .. "refuses, with `EBUSY`, a module that has an init function and no exit function. "
        .. "In Rust there always is one: `module!` writes a `cleanup_module` that drops the "
        .. "module's value, and a type that does not say what is to happen then is dropped in "
        .. "silence.",
    },
    write "say-hello" { checks = { "loads", "hello", "once" } },
    write "say-goodbye" { checks = { "bye", "line-ends", "keeps", "order", "clean" } },
    explore "look-around" {
      commands = {
        "insmod hello.ko",
        "insmod hello_rs.ko number=7",
        "lsmod",
        "grep -w cleanup_module /proc/kallsyms",
        "rmmod hello_rs",
        "dmesg | tail -n 4",
      },
      notice = "Does `lsmod` tell a module in Rust from one in C? (It cannot.) How many functions "
        .. "`cleanup_module` are there, and which did you write? (Two, and neither: in C it is "
        .. "another name of `hello_exit`, made by `module_exit()`; in Rust it is from `module!`.) "
        .. "And is the last line of `hello_rs` in the log at once?",
    },
  },

  run = function(guest)
    guest:insmod "hello.ko"
    guest:insmod "hello_rs.ko"
    guest:rmmod "hello_rs"
    guest:insmod("hello_rs.ko", { number = 7 })
    guest:rmmod "hello_rs"
    guest:run "line_ends"
    guest:rmmod "hello"
  end,

  checks = {
    check "loads" { title = "the Rust module loads", points = 1,
      job = "insmod hello_rs.ko" },
    check "hello" { title = "it prints its first line when it is loaded", points = 1,
      job = "insmod hello_rs.ko", log = "hello_rs: loaded, the answer is 42" },
    check "bye" { title = "it prints its last line when it is unloaded", points = 1,
      job = "rmmod hello_rs", log = "hello_rs: unloaded, the answer was 42" },
    check "line-ends" { title = "its lines show as soon as they are printed", points = 1,
      tap = "run line_ends" },
    check "once" { title = "its name stands once in front of a line", points = 1,
      absent = { "hello_rs: hello_rs:", "hello: hello_rs:" } },
    check "keeps" { title = "a Hello keeps the number that it was given", points = 1,
      log = {
        "hello_rs: loaded, the answer is 7",
        "hello_rs: unloaded, the answer was 7",
      } },
    check "order" { title = "first in, last out", points = 1,
      log = {
        "hello: loaded, the answer is 42",
        "hello_rs: loaded, the answer is 42",
        "hello_rs: unloaded, the answer was 42",
        "hello: unloaded, the answer was 42",
      } },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
    start = {
      "Read `hello.c` first. Which three things does it do, and when?",
      "Begin with the struct: give it braces in the place of the semicolon, and between them "
        .. "`answer: i32,` with the comma.",
    },
    loads = {
      "What does `init` return now, and what does `insmod` make of that?",
      "An `Err(EOPNOTSUPP)` reaches `insmod` as -95. A module that is to stay must return `Ok` with "
        .. "the module in it.",
      "Make the value first: `let hello = Hello { answer: number };` And the function ends with "
        .. "`Ok(hello)` and no semicolon after it.",
    },
    hello = {
      "Compare your line with that of `hello.c`, letter by letter. Which part of it does the "
        .. "macro print for you?",
      "The macro prints `NAME: ` from `name:` in `module!`, which must be `\"hello_rs\"`; your "
        .. "text starts after it, with `loaded`.",
      "Nearly all of it: `pr_info!(\"loaded, the answer is {}\\n\", hello.answer);`",
    },
    once = {
      "Who prints the name at the start of a line: you, or the macro?",
      "The macro `pr_info!` puts `hello_rs: ` in front of your text, from `name:` in `module!`. Your own "
        .. "text starts with `loaded`, or `unloaded`.",
    },
    bye = {
      "Which code of yours runs at `rmmod`? Is there any?",
      "Unloading the module drops the value that `init` returned. What is the trait for code "
        .. "that runs then?",
      "Outside of the other `impl` write `impl Drop for Hello { fn drop(&mut self) { … } }` "
        .. "with your line in it. The number is `self.answer`.",
    },
    ["line-ends"] = {
      "Is the line in the log, but late? Compare the two texts with those of `hello.c`, to their "
        .. "last character.",
      "Each text that is printed ends in `\\n`. Without it the kernel takes the line for one "
        .. "that is still being written, and shows it only when somebody prints the next one.",
    },
    keeps = {
      "The module is loaded twice, the second time with `number=7`. Which number do your two "
        .. "lines print then, and where do they take it from?",
      "A `42` in your own code is right the first time only. Put `number` into the value by "
        .. "`Hello { answer: number }` and take it out again, as `hello.answer` in `init` and as "
        .. "`self.answer` in `drop`.",
    },
    order = {
      "One of the four lines is missing or early. Which of the other checks failed?",
      "The last line of the Rust module belongs in `drop`, not at the end of `init`: there the "
        .. "module is only about to start.",
    },
    clean = {
      "Which function does the report name, and which of your lines stands there?",
      "Nothing in this lesson needs `unsafe`, or an index, or an `unwrap()`: a module that only "
        .. "keeps a number and prints two lines cannot bring the kernel down.",
    },
    E0046 = {
      "An `impl` must have all the functions that the trait asks for: `init` in "
        .. "`kernel::Module`, `drop` in `Drop`.",
    },
    E0053 = { "The trait says how `drop` must look: `fn drop(&mut self)`." },
    E0063 = { "Every field must be given a value: `Hello { answer: number }`." },
    E0308 = {
      "Which type was expected, and which one was found? The message says both.",
      "What `init` returns is a `Result<Hello>`, not a `Hello`. Wrap the value: `Ok(hello)`.",
      "Expected a `Result`, found `()`? A semicolon after the last expression makes the function "
        .. "return nothing.",
    },
    E0404 = { "The trait comes first, your own type after `for`: it is `impl Drop for Hello`." },
    E0407 = {
      "The trait `kernel::Module` has one function, `init`. How else might a value learn that "
        .. "its end has come?",
      "There is no `exit` to write. What you would put there goes into `impl Drop for Hello`.",
    },
    E0412 = { "There is no type of this name. The `int` of C is `i32` in Rust." },
    E0423 = {
      "Is the name in the message `Hello`, or that of a macro?",
      "A struct with fields is made by naming them: `Hello { answer: number }`. The name `Hello` "
        .. "alone is no value. A macro is called with a `!` as in `pr_info!(…)`.",
    },
    E0425 = {
      "Which name is it, and who would have to make it? If there is an error above this one, "
        .. "mend that one first.",
      "The name `__LOG_PREFIX` is made by `module!`. If it cannot be found, `module!` itself has an "
        .. "error: every field in it ends in a comma, the last one too.",
      "Both `hello` and `number` are variables of `init`, and `drop` cannot see them; nor is a field "
        .. "found by its bare name. In `drop` the value is called `self`: write `self.answer`.",
    },
    E0560 = { "The struct has no such field yet. Where is `Hello` declared?" },
    E0609 = { "The struct has no such field yet: declare it where `struct Hello` stands." },
    E0762 = { "A string stands in double quotes; single quotes are for one character, as in C." },
    ["build-failed"] = {
      "Which error is the first? Mend that one, then `check` again: the others often follow from "
        .. "it. Its line and column say where the compiler could no longer follow you.",
      "\"expected …\", or \"fields are separated by …\": a sign is wrong or missing at that place "
        .. "or just before it. A field is a name, a colon, a type and a comma, as in "
        .. "`answer: i32,` and a statement ends in a semicolon.",
      "\"unclosed delimiter\", \"unexpected closing delimiter\": count the braces. A struct has "
        .. "either braces or a semicolon, never both.",
      "\"argument never used\": the place for a value is `{}` in Rust, not `%d`.",
      "\"cannot find macro `println`\": it belongs to `std`, which the kernel does not have. Use "
        .. "`pr_info!`.",
      "An error at `module!` itself: every field in it ends in a comma, the last one too.",
      "\"GPL-incompatible module\": all of the kernel's Rust API is exported for GPL modules "
        .. "only. `license:` must be `\"GPL\"`.",
    },
  },

  wrong = {
    ["no-drop"] = "bye",
    ["no-newline"] = "line-ends",
    ["other-name"] = "hello",
    ["doubled-name"] = "once",
    ["literal"] = "keeps",
    ["field-syntax"] = { verdict = "build-failed" },
    ["exit-function"] = { verdict = "build-failed" },
    ["not-ok"] = { verdict = "build-failed" },
    ["println"] = { verdict = "build-failed" },
    ["proprietary"] = { verdict = "build-failed" },
  },
}
