-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "0.5",
  slug = "no-crates",
  title = "No std, no crates",
  minutes = 30,
  needs = { "0.3" },
  kernel = { "7.3" },
  budget = 10, -- the kernel reports each allocation that was made to fail
  kernel_symbols = { "__kunit_abort" }, -- of stock_tests.rs

  files = {
    given = { "stock_user.rs", "stock_rs.rs", "name.rs", "stock_tests.rs", "Makefile" },
    edit = { "stock.rs" },
  },

  steps = {
    read "what-there-is",
    predict "too-much" {
      question = "What does the log say?",
      choices = {
        { "Not that line: it panics with `capacity overflow`, as `Vec` does.",
          log = "capacity overflow" },
        { "Not that line: the kernel kills a process to get the memory.", log = "Out of memory" },
        { "`1 << 61 numbers: Err(AllocError)`", log = "1 << 61 numbers: Err(AllocError)" },
      },
      answer = 3,
      try = "too-much",
      run = function(guest) guest:insmod "stock_rs.ko" end,
      why = "So many bytes cannot be named, and `KVec` finds that out before it asks for any. But "
        .. "it does not say so in another way than when memory is short: whatever the reason, what "
        .. "comes is an `Err` for the caller, who decides. `Vec` would not have asked.",
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
      why = "A `Result` that is dropped is a warning, `unused_must_use`, like `__must_check` in C, and the "
        .. "module builds, unless the kernel has `CONFIG_WERROR`, which makes errors of warnings. Nobody "
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
    start = {
      "Type `check` first, and read what the compiler does not know. Each of these names stands on the "
        .. "left side of the table in the first step.",
      "Begin with the line `use std::…`: in its place `use kernel::rbtree::{RBTree, RBTreeNode};` and "
        .. "`use crate::name::Name;`. Then the fields, then `new`.",
      "The fields are `counts: RBTree<Name, u32>,` and `deliveries: KVec<u32>,`.",
    },
    loads = {
      "What does the log of this step end with, and which of your lines made that?",
      "The module delivers `nut 30` and prints the label of `nut`. If `init` fails, `deliver` or "
        .. "`label` gave an error where it should not.",
    },
    deliveries = {
      "Which case failed? It is a function in `stock_tests.rs`, and the log says what it expected.",
      "A second delivery of the same thing is added to the first. A node with a name that is there "
        .. "already takes the old one's place, so it must have the sum in it.",
      "With the `Name` in `key`, `let before = self.counts.get(&key).copied().unwrap_or(0);`, and the "
        .. "node gets what is before and `count` together.",
    },
    errors = {
      "Which case failed, and which errno did it expect? The comments above `deliver` and `label` "
        .. "name them all.",
      "Is there an `unwrap()`, an index in brackets, or a plain `+` left? Each of them panics where an "
        .. "errno is asked for.",
      "`split_once(' ').ok_or(EINVAL)?`, `parse::<u32>().map_err(|_| EINVAL)?`, "
        .. "`before.checked_add(count).ok_or(EOVERFLOW)?` and, in `label`, `.ok_or(ENOENT)?`.",
    },
    enomem = {
      "The report names an allocation and the line that made it. What does your code do when that one "
        .. "fails?",
      "If `init` succeeds all the same, nobody looked at the `Result`: neither `let _ =` nor `.ok()` "
        .. "is an answer. If it gives another error, some `map_err` hides what the allocator said.",
      "A plain `?` after each call that takes memory: it makes `ENOMEM` of an `AllocError` by itself.",
    },
    ["all-or-nothing"] = {
      "The log says how much came and how much is counted. Which of the two did `deliver` change "
        .. "before it failed?",
      "Two things are changed, and one of the changes can still fail when it takes memory. Which of them "
        .. "can be prepared so that it cannot?",
      "First `let node = RBTreeNode::new(key, after, GFP_KERNEL)?;`, then "
        .. "`self.deliveries.push(count, GFP_KERNEL)?;`, and `self.counts.insert(node);` last: it has "
        .. "nothing left that can fail.",
    },
    clean = {
      "Which of your lines does the report name?",
      "A panic comes from `unwrap()`, `expect()`, an index or arithmetic. Each has a sister that "
        .. "gives an `Option` or a `Result`.",
    },
    ["rust-panic"] = {
      "Which line panicked, and what would it have returned if it could?",
      "`unwrap()` on memory: write `?`. On an `Option`: `.ok_or(…)?`. A number that does not fit: "
        .. "`checked_add`. No such key: `get` in the place of `[ ]`.",
    },
    crash = {
      "The report names the line. Which allocation was made to fail just before? The log knows.",
      "When memory is short nothing may panic: `?` in the place of `unwrap()`.",
    },
    unused_must_use = {
      "The compiler says that a `Result` is thrown away. What if it was an `Err`?",
      "`self.deliveries.push(count, GFP_KERNEL)?;` with the `?` after it.",
    },
    E0061 = {
      "What does the kernel want to know about each allocation that user space never asks?",
      "The flags, as the last argument: `push(count, GFP_KERNEL)`, `RBTreeNode::new(key, after, "
        .. "GFP_KERNEL)`.",
    },
    E0107 = {
      "The kernel's `Vec` has a second parameter: who gives the memory. Which name stands for a `Vec` whose "
        .. "memory is from `kmalloc()`?",
      "It is `KVec<u32>`, and the empty one `KVec::new()`.",
    },
    E0277 = {
      "Which sign of yours is underlined, and what can it not do?",
      "The sign `?` turns an `AllocError` into an `Error` by itself, but neither a text nor the error of `parse`. "
        .. "Put a number in first: `.ok_or(EINVAL)?` for an `Option`, `.map_err(|_| EINVAL)?` for a "
        .. "`Result`.",
    },
    E0282 = {
      "The compiler cannot guess a type. Is there an error above this one? Mend that first.",
      "What `parse` is to make is said by `parse::<u32>()`.",
    },
    E0308 = {
      "Which type was expected, and which one was found?",
      "Expected `&Name`, found `&str`: a key of the tree is a `Name`. `Name::new(name)?` makes one, "
        .. "and `&` lends it.",
      "Expected `Result`, found `CString` or a number: the function's value is a `Result`. What "
        .. "`try_from_fmt` gives is one already, and needs neither `?` nor a semicolon at the end.",
      "Expected `u32`, found `&u32`: `get` gives a reference to what is in the tree. `.copied()` after "
        .. "`get(…)` makes a number of it.",
    },
    E0382 = {
      "Who owns the name after it was given away?",
      "`RBTreeNode::new(key, …)` takes the name for good. Ask the tree before you make the node, with "
        .. "`&key`.",
    },
    E0412 = {
      "This type belongs to `std`. What stands beside it in the table of the first step?",
      "A `String` as a key is a `Name` here, `HashMap` is `RBTree`. A type of the kernel that cannot be "
        .. "found lacks its `use` line.",
    },
    E0425 = {
      "Which name is it, and who would have to make it?",
      "A value is known from its `let` on, to the end of the block. The names of errors, `EINVAL` and so "
        .. "on, come with the prelude.",
    },
    E0433 = {
      "Which name cannot be found? Is it one of `std`, or one that lacks its `use` line?",
      "There is no `std` here, and no `use std::…`. The tree comes by "
        .. "`use kernel::rbtree::{RBTree, RBTreeNode};`, and the key by `use crate::name::Name;`.",
    },
    E0599 = {
      "Which method does the message name, and who has it?",
      "The methods `to_string` and `or_insert` belong to `std`. In their place: "
        .. "`let key = Name::new(name)?;`, and `self.counts.get(&key).copied().unwrap_or(0)`.",
      "A method on an `Option` or a `Result`: first take the value out, by `.ok_or(…)?`, `?` or "
        .. "`.unwrap_or(0)`.",
    },
    E0608 = {
      "The tree has no brackets. They could only panic if the key is not there.",
      "`self.counts.get(&key).ok_or(ENOENT)?`",
    },
    ["build-failed"] = {
      "Which error is the first? Mend that one, then `check` again: the others often follow from it.",
      "\"cannot find macro `format`\": a text is made by `CString::try_from_fmt(fmt!(\"…\"))`, which can "
        .. "fail, so it is a `Result`. \"cannot find macro `println`\": it is `pr_info!`.",
      "\"expected …\" without a number: a sign is wrong or missing at that place or just before it.",
    },
  },

  wrong = {
    ["std-collections"] = { verdict = "build-failed" },
    ["push-without-flags"] = { verdict = "build-failed" },
    ["format-macro"] = { verdict = "build-failed" },
    ["replaced-count"] = "deliveries",
    ["plain-plus"] = "errors",
    ["ignored-result"] = "enomem",
    ["one-error-for-all"] = "enomem",
    ["unwrapped-memory"] = { check = "clean", verdict = "crash" },
    ["half-a-delivery"] = "all-or-nothing",
  },
}
