-- SPDX-License-Identifier: GPL-2.0-or-later
local function once(guest)
  guest:insmod "orders.ko"
  guest:rmmod "orders"
end

return lesson {
  format = 1,
  id = "1.11",
  slug = "lists",
  title = "Lists of C, walked by Rust",
  minutes = 30,
  needs = { "1.3" },
  kernel = { "7.3" },

  files = {
    given = { "kitchen.h", "kitchen.c", "ffi.rs", "bill_rs.rs", "bill.h", "export.c", "Makefile" },
    edit = { "walk.rs" },
  },

  steps = {
    read "inside",
    predict "late-by-the-other-link" {
      question = "What does the till say of the late orders?",
      choices = {
        "Nothing: it does not build, for the list is not made of that field.",
        { "KASAN reports a wild access, at the first order.", log = "BUG: KASAN" },
        { "Order 1 for table 12: both links are in the same order.",
          log = "late: order 1 for table 12" },
        { "Order 3 for table 2.", log = "late: order 3 for table 2" },
      },
      answer = 4,
      try = "late-by-the-other-link",
      run = once,
      why = "Both fields are a `list_head`, so all types are right. The offset is that of `queue`, 16 "
        .. "bytes less than that of `late`, so 16 bytes too little are subtracted, and every field "
        .. "is read 16 bytes too far on: the waiter for the id, the course for the table. All of it "
        .. "lies within the order, so KASAN has nothing to say, and the numbers even look "
        .. "reasonable. The field is part of your promise, and only `kitchen.h` knows it.",
    },
    predict "served-on-the-way" {
      question = "Which of the two does KASAN report?",
      choices = {
        { "Both.", log = { "BUG: KASAN", "walk A is over", "walk B is over" } },
        { "A: it is at an order that is freed under its feet.",
          log = { "BUG: KASAN", "walk A is over" } },
        { "B: the order that it is about to step on is freed.",
          log = { "walk A is over", "BUG: KASAN: slab-use-after-free", "walk B is over" } },
        { "Neither: the lock is held.", absent = "BUG: KASAN" },
      },
      answer = 3,
      try = "served-on-the-way",
      run = once,
      why = "The iterator of `CList` reads `next` before it hands an order out, so it already "
        .. "stands on the following one: that is what the C macro `list_for_each_entry_safe` does as well. "
        .. "Walk A goes well, by luck: how the iterator takes its step is nowhere promised, and "
        .. "if the walk looked at the served order once more it would be over. Walk B has the freed order in its hand. A lock keeps "
        .. "others away. Against yourself it does not help.",
    },
    write "the-walk",
  },

  run = function(guest)
    guest:insmod "orders.ko"
    guest:insmod "orders_test.ko"
    guest:rmmod "orders_test"
    guest:rmmod "orders"
  end,

  checks = {
    check "walk" { title = "a walk sees every order once", points = 2, ktap = "orders_walk" },
    check "late" { title = "the late ones are found by their own link", points = 2,
      ktap = "orders_late" },
    check "change" { title = "C sees what Rust writes", points = 1, ktap = "orders_change" },
    check "serve" { title = "served orders are gone, and errors arrive", points = 1,
      ktap = "orders_serve" },
    check "sort" { title = "list_sort can compare by your order_cmp", points = 2,
      ktap = "orders_sort" },
    check "no-change" { title = "a till that serves while it walks does not build", points = 2,
      variant = "serves-while-it-walks", expect = "build-failed" },
    check "no-escape" { title = "a till that keeps an order after the unlock does not build",
      points = 1, variant = "looks-after-unlock", expect = "build-failed" },
    check "shared" { title = "no function makes a `&mut` of a `&`", points = 1,
      lint = { "clippy::mut_from_ref", "invalid_reference_casting" } },
    check "safety" { title = "every unsafe block has a SAFETY comment", points = 1,
      lint = { "clippy::undocumented_unsafe_blocks" } },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
    start = {
      "Draw the ring: the head, and two orders with two links each. Where does the last `next` point?",
      "Begin with `table` and `cents`: they are `id` with another name. Then `serve`, so that it builds.",
      "In `orders`: `unsafe { clist_create!(ffi::kitchen_orders(), Order, ffi::order, queue) }.iter()`. "
        .. "Now `late`.",
    },
    walk = {
      "Does `orders` give the orders, and does `cents` give what each costs?",
      "If the sum is too large: does the walk end at the head? The head is in no order, so whatever stands around it is no "
        .. "order either. `CList::iter` knows that; a walk by hand must compare each link with the head.",
      "If it is 0: the stub of `orders` is `core::iter::empty()`, and that of `cents` is 0.",
    },
    late = {
      "The report says what was read in the place of the id. Which field of `struct order` has that number, and how "
        .. "far is it from `id`?",
      "The last word of `clist_create!` is the field by which an order is in *this* list. What does `kitchen.h` say?",
      "If nobody is late, though two are: which head does `late` begin with?",
    },
    change = {
      "Whose memory does `set_cents` write to: C's, or a copy's?",
      "`self.0.get()` is the pointer to C's order: `unsafe { (*self.0.get()).cents = cents };`",
      "If order 2 has changed: the till picks the orders by `table()`.",
    },
    serve = {
      "`kitchen_serve` returns an `int`. What does it mean, and who must hear of it?",
      "`to_result(unsafe { ffi::kitchen_serve(id) })` without a semicolon is all of it.",
      "If a table was not served as a whole: the till looks for its orders by `orders()`, `table()` and `id()`.",
    },
    sort = {
      "The two pointers are links. What is in front of them, and how far is it to the order?",
      "`container_of!(a, ffi::order, queue)`: by which field is an order in the list that is "
        .. "sorted? `.cast::<Order>()` makes a pointer to an `Order` of it.",
      "If it panics: the difference of two `u32`s may be below 0, and there is no such `u32`. If only "
        .. "`tables_are_unsigned` fails: it may also be so large that it is negative as a `c_int`. Compare, do not "
        .. "subtract: `x.cmp(&y) as c_int`.",
      "If only `equal_ones_stay` fails: for equal tables the answer must be 0, or less.",
    },
    ["no-change"] = {
      "The report shows what the till does there: it serves an order while `kitchen.orders()` goes on. Which signature "
        .. "of yours could forbid it?",
      "A `&self` goes together with any number of others. What does not?",
      "`serve(&mut self, …)` cannot be called while `orders(&self)` is borrowed: E0502. If it does ask "
        .. "for `&mut self`: does what `orders` returns have the lifetime of `&self`, or one of its own?",
    },
    ["no-escape"] = {
      "The till drops the `Kitchen` there, and looks at an order after that. How long does a `&Order` of yours live?",
      "In `fn orders(&self) -> impl Iterator<Item = &Order>` the `&Order` lives no longer than `&self`. `'static`, or a "
        .. "lifetime that only you name, is cut loose from it.",
    },
    shared = {
      "The lint names the line. Who else has a pointer to that order?",
      "Go through the raw pointer: `unsafe { (*self.0.get()).table }` reads one field, and no reference to the "
        .. "whole order is ever made.",
    },
    safety = {
      "Clippy names the line. What did you promise there?",
      "Put a comment that starts with `// SAFETY:` directly above the statement with the `unsafe` block.",
      "For `clist_create!` there are four points: the head is valid, the list has orders in it, by that "
        .. "field, and nobody changes it as long as `self` is borrowed.",
    },
    kasan = {
      "Was it read from beside an order, or from one that was freed?",
      "Beside it: the field that `clist_create!` or `container_of!` was told is not the one that leads into this list, "
        .. "or the head was taken for an order.",
      "Freed: something was kept beyond `serve`. The till does not do it, if `serve` asks for `&mut self`.",
    },
    ["rust-panic"] = {
      "The headline names the line. Is it a `-`? Then the second number can be the larger one.",
      "`order_cmp` need not subtract: `x.cmp(&y) as c_int` fits, whatever the tables are.",
    },
    timeout = {
      "Something goes on for ever. Who waits for a list to end, or for an order to be gone?",
      "The till looks for an order of its table and calls `serve`, until there is none. If `serve` says `Ok` and does "
        .. "nothing, it finds the same one again. And a walk by hand must stop at the head.",
    },
    crash = {
      "The first finding counts. Which function of `walk.rs` does it name?",
    },
    E0133 = {
      "`container_of!` and `clist_create!` compute with raw pointers, and each function in `ffi` belongs to C: "
        .. "each goes into `unsafe { … }`, inside of an `unsafe fn` too.",
    },
    E0308 = {
      "Which type was expected, and which was found?",
      "Expected `*const list_head`, found something else: the last word of the macro is no link.",
      "Expected a `Result`, found `i32`: `to_result(…)` makes the one of the other.",
      "Expected `i32`, found `Ordering`: `as c_int` after it.",
      "Between `Order` and `ffi::order`: the pointer is turned by `.cast::<Order>()`.",
    },
    E0277 = {
      "\"is not an iterator\": a `CList` is not one, but its `.iter()` is.",
    },
    E0382 = {
      "Does `serve` take `self`? Then the kitchen is used up, and unlocked, by the first order.",
    },
    invalid_reference_casting = {
      "A `&mut` cannot be made of a `&`, whatever the cast. What for? All that is in an order is reached through "
        .. "`self.0.get()`, and `&Order` is enough for it.",
    },
    E0369 = {
      "Raw pointers are not subtracted in Rust as in C; `container_of!` does it for you.",
    },
    E0425 = {
      "The functions of C are in the module `ffi`: `ffi::kitchen_late`, and so on.",
    },
    E0502 = {
      "Somebody changes the kitchen while it is being looked at. Is it in `bill_rs.rs`? Then what `serve` or `orders` "
        .. "borrows is not what the text says.",
    },
    E0596 = {
      "In `bill_rs.rs`: does `orders` ask for `&mut self`? Who only looks needs `&self`.",
    },
    E0599 = {
      "Is it `serve` or `late`, in `bill_rs.rs`? Then it is not written yet: TODO 5 and 6.",
      "`pub(crate) fn serve(&… self, id: u32) -> Result`: what stands in the place of the dots is for you "
        .. "to find out. And `late` is `orders` with another head and another field.",
      "Is it `table`, on an `ffi::order`? The pointer that `container_of!` makes wants a `.cast::<Order>()`, or "
        .. "you read the field.",
      "Is it `iter`? That is on what `clist_create!` returns, so it stands behind the `unsafe` block.",
    },
    E0609 = {
      "Which type has that field? Through `self.0.get()` you get a raw pointer, and `(*pointer).field` is a field of "
        .. "what it points to. In the macros it is the C struct that has it, `ffi::order`.",
    },
    E0614 = {
      "A star was put before something that is no pointer. `self.0` is an `Opaque`; `self.0.get()` is the pointer.",
    },
    E0616 = {
      "Fields of the C struct are behind the raw pointer: `(*self.0.get()).table`.",
    },
    ["build-failed"] = {
      "Which error is the first? Mend that one, then `check` again: the others often follow from it.",
      "Only if the starter fails as it came: the till wants `late` and `serve`, and these are for you to write.",
    },
  },

  wrong = {
    ["late-by-the-other-link"] = "late",
    ["the-head-is-no-order"] = "walk",
    ["cmp-casts-the-link"] = "sort",
    ["difference-of-tables"] = "sort",
    ["serve-by-shared-reference"] = "no-change",
    ["orders-for-ever"] = "no-escape",
    ["serve-cannot-fail"] = "serve",
    ["mut-of-a-shared-order"] = "shared",
  },
}
