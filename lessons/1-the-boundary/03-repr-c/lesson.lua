-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.3",
  slug = "repr-c",
  title = "Layout is a promise",
  minutes = 20,
  needs = { "1.1" },
  kernel = { "7.3" },

  files = {
    given = { "pkt_main.c", "pkt.h", "pkt_rs.rs", "addr.rs", "Makefile" },
    edit = { "layout.rs" },
  },

  steps = {
    read "one-memory-two-accounts",
    predict "no-repr" {
      question = "`struct pkt` has 32 bytes. The same six fields are written down in Rust, in the "
        .. "same order, without `#[repr(C)]`. How many bytes does that have?",
      choices = {
        { "32: the rules of alignment are the machine's, so they are the same.",
          log = "pkt: without it: 32 bytes" },
        { "24: Rust leaves fewer gaps.", log = { "pkt: with #[repr(C)]: 32 bytes", "pkt: without it: 24 bytes" } },
        { "22: Rust leaves no gaps at all.", log = "pkt: without it: 22 bytes" },
      },
      answer = 2,
      try = "no-repr",
      run = function(guest)
        guest:insmod "pkt.ko"
        guest:rmmod "pkt"
      end,
      why = "The rules of alignment are the same, but the order is not: Rust has put the large "
        .. "fields first, so that nothing is left between them and 2 bytes at the end. Nobody was "
        .. "warned. It is a good bargain as long as nobody else looks. Another release of `rustc` "
        .. "may order them in another way, and a third may leave them alone.",
    },
    read "not-every-byte-is-a-bool",
    predict "third-bool" {
      question = "C has put 2 into `urgent`, and Rust takes the byte for a `bool`. Then safe code "
        .. "uses it: `two` is an array of two elements, and `two[usize::from(urgent)]` is printed. "
        .. "What happens?",
      choices = {
        { "A panic: the index is out of bounds.", log = "panicked at" },
        { "The second element: what is not `false` is `true`.", log = "the one taken is 20" },
        { "What stands behind the array.", log = "the one taken is 4711" },
      },
      answer = 3,
      try = "third-bool",
      run = function(guest)
        guest:insmod "pkt.ko"
        guest:rmmod "pkt"
      end,
      why = "The compiler has removed the check of the index: a `bool` is 0 or 1, so it can never "
        .. "be too large. It is a fault of one byte, and the safe code after it has read past the end of "
        .. "an array. (That 4711 stands there was arranged.) This is what today's compiler made of it. A byte that is no `bool` is *undefined "
        .. "behaviour*, so anything else would have been allowed too.",
    },
    write "the-struct",
  },

  run = function(guest)
    guest:insmod "pkt.ko"
    guest:insmod "pkt_test.ko"
    guest:rmmod "pkt_test"
    guest:rmmod "pkt"
  end,

  checks = {
    check "loads" { title = "the module loads", points = 1, job = "insmod pkt.ko" },
    check "fields" { title = "what Rust writes, C reads", points = 3, ktap = "pkt_reply" },
    check "kind" { title = "only a known kind becomes a Kind", points = 2, ktap = "pkt_kind" },
    check "urgent" { title = "any byte but 0 is urgent", points = 2, ktap = "pkt_urgent" },
    check "assertions" { title = "a field that moves stops the build", points = 2,
      variant = "longer-address", expect = "build-failed", code = "E0080" },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
    start = {
      "Begin with the fields. There are six in `struct pkt`; for each, which Rust type has the same "
        .. "size, and can be whatever the radio left there?",
      "They are `kind: u8`, `seq: u32`, `from: Addr`, `len: u16`, `urgent: u8`, `stamp: u64`, each "
        .. "with `pub` before it and a comma after it.",
      "Above `pub struct Pkt` goes `#[repr(C)]`. Below it goes `assert_offsets!(Pkt { kind: 0, "
        .. "seq: 4, … });` with all six.",
    },
    loads = {
      "Nothing that you write here runs before C asks about a packet. Which line does the report "
        .. "name?",
      "Each question can be answered without an `unwrap()`, an index or `unsafe`.",
    },
    fields = {
      "Which field came back wrong, and how is it written down in `layout.rs`?",
      "Every field of `struct pkt` is in `Pkt`, at the same offset and of the same size.",
    },
    kind = {
      "Which values of the byte went wrong: those of `pkt.h`, or the noise?",
      "Noise must become `Err(EINVAL)`. Where in your code is that decided? If the field itself is "
        .. "a `Kind`, or the byte is turned into one without a look, it is too late: the compiler may remove "
        .. "any test that follows, as it did with that of the index.",
      "The field is `kind: u8`. `match self.kind { 1 => Ok(Kind::Data), … _ => Err(EINVAL) }`",
    },
    urgent = {
      "The comment in `pkt.h` says which values mean yes.",
      "There is one value that means no, and 255 that mean yes: `self.urgent != 0`.",
    },
    assertions = {
      "The report shows what was changed in `addr.rs`, and no assertion of yours noticed. Which "
        .. "fields moved by it?",
      "A larger address moves `len` and `urgent`. The size stays 32, and `stamp` stays at 24, for "
        .. "there was padding before it. Assert each field.",
      "In full: `assert_offsets!(Pkt { kind: 0, seq: 4, from: 8, len: 14, urgent: 16, stamp: 24 "
        .. "});`",
    },
    clean = {
      "Which function does the report name, and which of your lines stands there?",
      "Nothing in this file needs `unsafe` or an index. What C left in a byte is a number: compare it.",
    },
    E0080 = {
      "An assertion is false: the report quotes it. Is the number wrong, or the struct?",
      "Compare the number with `pkt.h`. If they are equal, the struct is not laid out as C's is: is "
        .. "`#[repr(C)]` above it, without `packed`? Are the fields in the order of `pkt.h`, each of the "
        .. "same size?",
    },
    E0308 = {
      "Which type was expected, and which one was found? The message says both.",
      "Expected a `Result`, found a `Kind`: wrap it, `Ok(Kind::Data)`.",
      "Expected `bool`, found `u8`: Rust takes no number for a condition. Compare it with 0.",
      "Expected `u8`, found `Kind`: in the `match` stand the numbers that the byte can have, and "
        .. "behind `=>` what is made of them.",
    },
    E0277 = {
      "The message names a type and what it cannot do. Does it say `Kind`, or `Copy`?",
      "A number cannot become a `Kind` by `into()` or `from`: nobody has said which is which. "
        .. "Say it, in a `match`.",
    },
    E0204 = {
      "A struct can be copied if every field of it can. Which field is not a number, nor made of "
        .. "numbers?",
    },
    E0004 = {
      "A `match` must name every value that there is, and a byte has 256. The rest is `_`.",
    },
    E0412 = {
      "Is this the name of a type in C or in Rust?",
      "An `u8` is `u8`, `struct pkt_addr` is `Addr`, from `addr.rs`.",
    },
    E0433 = {
      "Whose name is it? If it is `offset_of`, write `core::mem::offset_of!`, or import it by "
        .. "`use core::mem::offset_of;`",
    },
    E0560 = { "The struct has no such field yet: compare its fields with those of `pkt.h`." },
    E0605 = {
      "A number is not turned into an enum by `as`, because not every number is one of its values.",
      "Use a `match` on the number.",
    },
    E0609 = {
      "The file `pkt_rs.rs` uses a field that `Pkt` does not have. What is it called in `pkt.h`?",
      "All six fields of `struct pkt` go into `Pkt`, under the same names.",
    },
    E0616 = { "The field is there, and private to `layout.rs`. Write `pub` before it." },
    ["abi-failed"] = {
      "The report shows the struct as C has it and as Rust has it, with the offset of each field; if it "
        .. "was cut, `log --build` has all of it. Which is the first line that differs?",
      "If the offsets differ: without `#[repr(C)]` Rust orders the fields as it likes, with `packed` "
        .. "it leaves out the padding, and in another order of yours they stand in that order.",
      "If the offsets are the same, a type differs: write what `pkt.h` says. A `u8` may be anything, and "
        .. "`bool` may not.",
    },
    ["build-failed"] = {
      "Which error is the first? Mend that one, then `check` again: the others often follow from "
        .. "it.",
      "\"cannot find macro\": `static_assert!` comes with the prelude, `assert_offsets!` with "
        .. "`pkt_rs.rs`, and for `offset_of!` there is `use core::mem::offset_of;`.",
      "\"expected …\": a sign is wrong or missing at that place or just before it. A field is "
        .. "`pub seq: u32,` with a comma; an assertion ends in a semicolon.",
    },
  },

  wrong = {
    ["no-repr"] = { verdict = "abi-failed" },
    ["no-repr-asserted"] = { verdict = "build-failed" },
    ["packed"] = { verdict = "abi-failed" },
    ["bool-field"] = { verdict = "abi-failed" },
    ["enum-field"] = "kind",
    ["transmute"] = "kind",
    ["one-is-urgent"] = "urgent",
    ["size-only"] = "assertions",
  },
}
