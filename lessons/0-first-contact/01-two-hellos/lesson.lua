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

  steps = {
    read "one-life-two-languages",
    write "say-hello" { checks = { "loads", "hello" } },
    predict "no-exit" {
      question = "hello_rs.ko is loaded, and its type has no Drop. "
        .. "What does `rmmod hello_rs` do?",
      choices = {
        "It is refused: without an exit function a module cannot be unloaded.",
        "It works, and prints nothing.",
        "It never comes to that: such a module does not build.",
      },
      answer = 2,
      why = "The first answer is what happens in C: delete_module in kernel/module/main.c "
        .. "refuses, with EBUSY, a module that has an init function and no exit function. "
        .. "In Rust there always is one: module! writes a cleanup_module that drops the "
        .. "module's value, and a type without a Drop of its own is dropped in silence.",
    },
    write "say-goodbye" { checks = { "bye", "order", "clean" } },
  },

  run = function(guest)
    guest:insmod "hello.ko"
    guest:insmod "hello_rs.ko"
    guest:rmmod "hello_rs"
    guest:rmmod "hello"
  end,

  checks = {
    check "loads" { title = "the Rust module loads", points = 1,
      job = "insmod hello_rs.ko" },
    check "hello" { title = "it prints its first line when it is loaded", points = 2,
      job = "insmod hello_rs.ko", log = "hello_rs: loaded, the answer is 42" },
    check "bye" { title = "it prints its last line when it is unloaded", points = 2,
      job = "rmmod hello_rs", log = "hello_rs: unloaded, the answer was 42" },
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
      "Read hello.c first. Which three things does it do, and when?",
      "Begin with the struct: `answer: i32,` between braces, in the place of the semicolon.",
    },
    loads = {
      "What does `init` return now, and what does insmod make of that?",
      "`Err(EOPNOTSUPP)` reaches insmod as -95. A module that is to stay must return `Ok` with "
        .. "the module in it.",
      "Make the value first, `let hello = Hello { answer: 42 };`, and end the function with "
        .. "`Ok(hello)`, with no semicolon after it.",
    },
    hello = {
      "Compare your line with that of hello.c, letter by letter. Which part of it does the "
        .. "macro print for you?",
      "The macro prints `NAME: ` from `name:` in module!, which must be \"hello_rs\"; your text "
        .. "starts after it, with `loaded`.",
      "pr_info!(\"loaded, the answer is {}\\n\", hello.answer);",
    },
    bye = {
      "Which code of yours runs at rmmod? Is there any?",
      "Unloading the module drops the value that `init` returned. What is the trait for code "
        .. "that runs then?",
      "`impl Drop for Hello { fn drop(&mut self) { … } }`, outside of the other impl. The "
        .. "number is `self.answer`.",
    },
    order = {
      "One of the four lines is missing or early. Which of the other checks failed?",
      "The last line of the Rust module belongs in `drop`, not at the end of `init`: there the "
        .. "module is only about to start.",
    },
    E0407 = {
      "The trait kernel::Module has one function, `init`. How else might a value learn that its "
        .. "end has come?",
      "There is no `exit` to write. What you would put there goes into `impl Drop for Hello`.",
    },
    E0308 = {
      "Read the two lines of the message, expected and found. What is the difference?",
      "`init` returns a Result<Hello>, not a Hello: wrap the value, `Ok(hello)`. And a semicolon "
        .. "after the last expression makes the function return nothing.",
    },
    E0423 = {
      "A struct with fields is made by naming them: `Hello { answer: 42 }`. `Hello` alone is its "
        .. "name, not a value.",
    },
    E0063 = { "Every field must be given a value: `Hello { answer: 42 }`." },
    E0560 = { "The struct has no such field yet. Where is `Hello` declared?" },
    E0609 = {
      "The struct has no such field yet: declare it where `struct Hello` stands.",
    },
    E0425 = {
      "This name is not known here. In `drop` there is no `hello`, for that was a variable of "
        .. "`init`.",
      "Inside of a method the value is called `self`: write `self.answer`.",
      "If the name is `__LOG_PREFIX`: module! makes it, and module! itself has an error. Look at "
        .. "that one first.",
    },
    E0046 = {
      "An impl must have all the functions that the trait asks for: `init` in kernel::Module, "
        .. "`drop` in Drop.",
    },
    E0404 = { "`impl Drop for Hello`: the trait comes first, your own type after `for`." },
    ["build-failed"] = {
      "Start with the first error; the others often follow from it. It names the line.",
      "`println!` cannot be found? It belongs to std, which the kernel does not have: use "
        .. "`pr_info!`.",
      "\"GPL-incompatible module uses GPL-only symbol\": all of the kernel's Rust API is "
        .. "exported for GPL modules only. `license:` must be \"GPL\".",
      "An error at `module!` itself? Every field ends in a comma, the last one too.",
      "\"argument never used\": the place for a value is `{}` in Rust, not `%d`.",
    },
  },

  wrong = {
    ["no-drop"] = "bye",
    ["other-name"] = "hello",
    ["exit-function"] = { verdict = "build-failed" },
    ["not-ok"] = { verdict = "build-failed" },
    ["println"] = { verdict = "build-failed" },
    ["proprietary"] = { verdict = "build-failed" },
  },
}
