-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.1",
  slug = "c-calls-rust",
  title = "C calls Rust, in one module",
  minutes = 20,
  needs = { "0.1" },
  kernel = { "7.3" },

  files = {
    given = { "thermo_main.c", "thermo.h" },
    edit = { "thermo_rs.rs", "Makefile" },
  },

  steps = {
    read "one-module-two-languages",
    predict "same-stem" {
      question = "Its folder has `convert.c` and `convert.rs`, both with the same function "
        .. "`convert_who()`, and the list in the `Makefile` has `convert.o`. What does `make` do?",
      choices = {
        "It stops: there are two ways to make `convert.o`.",
        "It links both, and the linker reports a duplicate symbol.",
        { "It compiles `convert.rs`, and `convert.c` is ignored.",
          log = "thermo: convert.rs answers" },
        { "It compiles `convert.c`, and `convert.rs` is ignored.",
          log = "thermo: convert.c answers" },
      },
      answer = 4,
      try = "same-stem",
      why = "For `make` the name of the object is all there is. Two rules of "
        .. "`scripts/Makefile.build` can make `convert.o`, the one for `.c` stands first, and "
        .. "nobody says a word about the other file: you may edit `convert.rs` all day. If only "
        .. "`convert.rs` had the function, you would be told that the symbol is undefined, which "
        .. "is no better. So the Rust file of a module gets a name that no C file there has: here "
        .. "`thermo_rs.rs`.",
    },
    read "a-name-and-a-convention",
    predict "no-extern" {
      question = "`thermo_from_reg` takes a `u16`, and `thermo_low` a struct of 24 bytes, by value, "
        .. "and a pointer. Both keep `#[no_mangle]` and lose their `extern \"C\"`: they are `pub fn`. The module "
        .. "builds, and C calls both. What do they receive?",
      choices = {
        { "Both what C has sent.",
          log = { "the answer is 50000", "low is 15000; the answer is 15000" } },
        { "The number arrives; the struct that Rust reads is another one.",
          log = { "the answer is 50000", "low is 15000; the answer is -77" } },
        "Neither what C has sent.",
        "It never comes to that: the module is not loaded, for the kernel checks this.",
      },
      answer = 2,
      try = "no-extern",
      why = "So small a number goes through the same register by both conventions of today's "
        .. "`rustc`. A struct of 24 bytes does not: C copies it to the stack, and Rust's own "
        .. "convention expects a pointer to it in the first register. There C had put the next "
        .. "argument, a pointer to another struct, whose `low` is -77, and Rust believed it. Both "
        .. "results are accidents: Rust's own convention is not written down anywhere, and may "
        .. "change with the next compiler. The one that works today is the more dangerous of the "
        .. "two. (Kiln sees that the words are missing, and would not have loaded this. The "
        .. "experiment had to hand over the addresses of the functions behind its back.)",
    },
    write "the-rust-half",
    explore "look-around" {
      commands = {
        "insmod thermo.ko reg=0xff80",
        "lsmod",
        "grep ' thermo_' /proc/kallsyms",
        "rmmod thermo",
        "dmesg | tail -n 3",
      },
      notice = "How many modules are there? Which of the functions that `kallsyms` lists were "
        .. "written in Rust, and could you tell by their names? (A module's function has a `T` if it is "
        .. "exported, and a `t` if not.)",
    },
  },

  run = function(guest)
    guest:insmod "thermo.ko"
    guest:insmod "thermo_test.ko"
    guest:rmmod "thermo_test"
    guest:rmmod "thermo"
  end,

  checks = {
    check "loads" { title = "the module of two languages loads", points = 1,
      job = "insmod thermo.ko" },
    check "log" { title = "the C half prints what the Rust half says", points = 1,
      job = "insmod thermo.ko", log = "thermo: register 0x3200 is 50000 millidegrees" },
    check "from-reg" { title = "C gets millidegrees, above and below zero", points = 3,
      ktap = "thermo_from_reg" },
    check "too-hot" { title = "C learns what is too hot", points = 2, ktap = "thermo_too_hot" },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
    start = {
      "Begin with the `Makefile`: which file is not in the list of objects yet?",
      "The line becomes `thermo-y := thermo_main.o thermo_rs.o`. What the linker says next is "
        .. "about names: how does C learn the name of a Rust function?",
      "Above the function goes `#[no_mangle]`, and between `pub` and `fn` goes `extern \"C\"`.",
    },
    loads = {
      "The C half calls both of your functions as soon as it is loaded. Which of them is named in "
        .. "the report?",
      "Nothing in these two functions can fail if the numbers fit: see the type that you "
        .. "multiply in.",
    },
    log = {
      "The line has what `thermo_from_reg` answered for 0x3200. How many half degrees are in it?",
      "0x3200 shifted right by seven is 100. A half degree is 500 millidegrees.",
    },
    ["from-reg"] = {
      "Does it go wrong for all registers, or only for those below zero?",
      "Only below zero: `reg` is unsigned, and `>>` on an unsigned number fills up with zeros. Of "
        .. "which type must it be before it is shifted?",
      "The half degrees are `(reg as i16) >> 7`. A half degree is 500 millidegrees.",
    },
    ["too-hot"] = {
      "If the check above this one fails as well, mend that one first: the same number is "
        .. "compared here.",
      "A temperature that is just the limit is not too hot yet.",
      "All of it is `thermo_from_reg(reg) > limit`. Shifting or dividing `limit` instead would "
        .. "lose what is less than half a degree.",
    },
    clean = {
      "Which function does the report name, and which of your lines stands there?",
      "Nothing in this lesson needs an index, an `unwrap()` or `unsafe`. What is left is "
        .. "arithmetic that does not fit.",
    },
    ["rust-panic"] = {
      "The report names your line and says what did not fit. What is the type of both sides of "
        .. "the multiplication?",
      "An `i16` ends at 32767. C would have computed in `int`, because it always does; Rust "
        .. "computes in the type that it is given.",
      "Convert before you multiply: `c_int::from(half_degrees) * 500`.",
    },
    E0133 = {
      "Which of your functions did you mark `unsafe`, and what would its caller have to promise?",
      "Both take plain numbers, and any numbers will do: leave `unsafe` out, and it is `pub extern \"C\" "
        .. "fn`.",
    },
    E0277 = {
      "The message names two types. Can every value of the one be a value of the other?",
      "From `u16` to `i16` there is no `from`, because 40000 is no `i16`. You want the same bits, "
        .. "with the top one as a sign: that is `reg as i16`.",
      "Two types in one multiplication or comparison: Rust converts neither. Make the smaller one "
        .. "larger, with `c_int::from(…)`.",
    },
    E0308 = {
      "Which type was expected, and which one was found? The message says both.",
      "Expected a number, found `()`: a semicolon after the last expression makes the function "
        .. "return nothing.",
      "Expected `i32`, found `i16`: that is `c_int`, and what you shifted. Convert it with "
        .. "`c_int::from(…)` before you multiply. (The compiler proposes `.into()` behind the product. "
        .. "That converts too late: by then the product had to fit into an `i16`.)",
      "Expected `bool`: a comparison is one. There is no need for an `if`.",
    },
    E0412 = {
      "Is this the name of a type in C or in Rust?",
      "With the prelude, `int` is `c_int`. An `s16` is `i16` in Rust, and `u16` is `u16`.",
    },
    E0425 = {
      "Which name is it, and who would have to make it?",
      "The name `__LOG_PREFIX` is made by `module!`, and this file is right not to have one. Let "
        .. "`thermo_main.c` do the printing: take the `pr_info!` out.",
      "Any other: is it spelt as where it was made? A variable is made by `let`, and a parameter "
        .. "is called what the function's first line says.",
    },
    ["abi-failed"] = {
      "The report shows both sides, one below the other. Where do they differ?",
      "It says that yours is not `extern \"C\"`: the symbol is found, and the arguments may not "
        .. "be. The words stand between `pub` and `fn`.",
      "A parameter or the result has another type: write what the prototype in `thermo.h` says, in its "
        .. "order. An `int` is `c_int`, a `u16` is `u16`, a `bool` is `bool`.",
      "In full: `pub extern \"C\" fn thermo_from_reg(reg: u16) -> c_int`, and `pub extern \"C\" "
        .. "fn thermo_too_hot(reg: u16, limit: c_int) -> bool`.",
    },
    crash = {
      "Which line of yours does the report name, and with which number was it called?",
      "What would C have done there? It computes in `int`, whatever the variables are; Rust "
        .. "computes in the type of the variables.",
    },
    ["build-failed"] = {
      "Which error is the first? Mend that one, then `check` again: the others often follow from "
        .. "it.",
      "\"symbol … undefined!\": C asks for this name, and no object in the list has it. Is the "
        .. "object in the list, as `thermo_rs.o`? Does `#[no_mangle]` stand above the function? Is it spelt "
        .. "as in `thermo.h`? And is it written at all?",
      "\"duplicate symbol: init_module\": a module has one entry, and here C has it. Take `module!` "
        .. "and what belongs to it out of the Rust file.",
      "\"missing MODULE_LICENSE()\" in `thermo_rs.ko`: you have made a second module. `obj-m` "
        .. "names `thermo.o` alone; the Rust object goes into the list behind `thermo-y`.",
      "\"unknown directive\", or \"No rule to make target\": the list has objects in it, not "
        .. "sources: `thermo_rs.o`.",
      "\"expected …\": a sign is wrong or missing at that place or just before it. A cast stands "
        .. "behind the value: `reg as i16`. The line in front of a function is `#[no_mangle]`, "
        .. "with the brackets.",
    },
  },

  wrong = {
    ["no-no-mangle"] = { verdict = "build-failed" },
    ["rust-abi"] = { verdict = "abi-failed" },
    ["second-entry"] = { verdict = "build-failed" },
    ["two-modules"] = { verdict = "build-failed" },
    ["prints"] = { verdict = "build-failed" },
    ["sign-lost"] = "from-reg",
    ["narrow-product"] = { check = "loads", verdict = "crash" },
    ["unsigned-answer"] = { verdict = "abi-failed" },
  },
}
