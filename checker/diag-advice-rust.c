/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Advice on what rustc and Clippy say. */
#include "diag-advice-int.h"

static const char no_condition[] =
	"A number is no condition in Rust: compare it, n != 0. Before a number "
	"! flips its bits, as ~ does in C, so !n is written n == 0.";

static const struct advice advices[] = {
	{DIAG_RUSTC, "cannot find value `__LOG_PREFIX`", NULL,
	 "pr_info! and its kin print the constant __LOG_PREFIX, which "
	 "module! defines. If this file has a module!, mend the error in it "
	 "first, often a missing comma after its last field. A Rust file "
	 "without module! defines it at the top: "
	 "const __LOG_PREFIX: &[u8] = b\"name\\0\";"},
	{DIAG_RUSTC, "missing required key", NULL,
	 "module! needs type, name and license, each with a comma after it; "
	 "authors and description are good manners. Until that is mended the "
	 "macro makes nothing, so errors about __LOG_PREFIX below come from "
	 "here."},
	{DIAG_RUSTC, "unknown key", NULL,
	 "module! has no field of that name; the message lists those that "
	 "there are. Until that is mended the macro makes nothing, so errors "
	 "about __LOG_PREFIX below come from here."},
	{DIAG_RUSTC, "expected `,`", "macro `module",
	 "Every field of module! ends with a comma, the last one too. Until "
	 "that is mended the macro makes nothing, so errors about "
	 "__LOG_PREFIX below come from here."},
	{DIAG_RUSTC, "in crate `kernel::bindings`", NULL,
	 "kernel::bindings holds what the kernel's own headers declare. "
	 "#[export] checks a function against its declaration there, so it "
	 "does not work for a function of a lesson: use #[no_mangle] and "
	 "pub extern \"C\", and EXPORT_SYMBOL_GPL in a C file."},
	{DIAG_RUSTC, "cannot find function", "in crate `bindings`",
	 "kernel::bindings has what bindgen found in the kernel's headers. A "
	 "name that is not there is misspelt, comes from a header that "
	 "rust/bindings/bindings_helper.h does not include, or is a macro or "
	 "static inline function without a helper in rust/helpers/. For the "
	 "last, write a C function of your own around it, and declare that "
	 "in an extern \"C\" block."},
	{DIAG_RUSTC, "crate or module `std`", NULL,
	 "The kernel has no std: it needs an operating system below it. Use "
	 "core, and the kernel crate: KVec and KBox for Vec and Box, "
	 "CString and RBTree for String and BTreeMap."},
	{DIAG_RUSTC, "crate or module `bindings`", NULL,
	 "The kernel's C declarations are in the kernel crate: write "
	 "use kernel::bindings; first."},
	{DIAG_RUSTC, "undeclared type `String`", NULL,
	 "String and Vec come from the crate alloc, which aborts when memory "
	 "runs out, so the kernel does without it. Use KVec, and "
	 "kernel::str::CString."},
	{DIAG_RUSTC, "cannot find macro `println`", NULL,
	 "There is no standard output in the kernel. pr_info!(\"…\\n\") "
	 "writes to the kernel log."},
	{DIAG_RUSTC, "supplied", "of type `kernel::alloc::Flags` is missing",
	 "Whatever allocates in the kernel takes flags and may fail: pass "
	 "GFP_KERNEL where the code may sleep, GFP_ATOMIC where it must "
	 "not, and handle the error with ?."},
	{DIAG_RUSTC, "is unsafe and requires unsafe block",
	 "unsafe-op-in-unsafe-fn",
	 "unsafe fn makes the callers promise something; it does not make "
	 "the body one unsafe block. Put each unsafe operation in its own "
	 "unsafe { } under a SAFETY comment."},
	{DIAG_RUSTC, "macro expansion ignores", "const_assert!",
	 "const_assert! and build_assert! work only inside function bodies. "
	 "Between items use static_assert!."},
	{DIAG_RUSTC, "file not found for module", NULL,
	 "mod NAME; reads NAME.rs from the same folder. If that file is "
	 "generated (by bindgen), the Makefile must name it as what the "
	 "object depends on."},
	{DIAG_RUSTC, "did not contain valid UTF-8", NULL,
	 "The file is not text: something other than an editor wrote it."},
	{DIAG_RUSTC, "can't find crate for", NULL,
	 "There is no cargo here: a module has core, the kernel crate and "
	 "what Kbuild hands it. Look in the kernel crate for what you need."},
	{DIAG_RUSTC, "not FFI-safe", "unspecified layout",
	 "Rust may order and pad the fields of a struct as it likes, so C "
	 "would read them at other places. #[repr(C)] before the struct gives "
	 "it the layout that C has; then its fields must match those of the C "
	 "struct one by one."},
	{DIAG_RUSTC, "not FFI-safe", NULL,
	 "C has no such type, so nobody knows how it would be handed over: a "
	 "&str or a slice is a pointer and a length. Pass what C declares: "
	 "*const c_char (from a CStr) for text, a pointer and a length for a "
	 "slice, a #[repr(C)] struct by pointer."},
	{DIAG_RUSTC, "unary operator `-` to type `kernel::error::Error`", NULL,
	 "EINVAL and its like are negative already, and an error is handed "
	 "back inside of an Err: return Err(EINVAL);. Where C expects an int, "
	 "it is EINVAL.to_errno()."},
	{DIAG_RUSTC, "couldn't convert the error to `kernel::error::Error`",
	 NULL,
	 "? hands the error to the caller, and the caller wants a "
	 "kernel::error::Error, which is an errno. Say which one your error "
	 "is: .map_err(|_| EINVAL)?, or implement From<YourError> for "
	 "Error."},
	{DIAG_RUSTC, "operator can only be used on `Result`s, not `Option`s",
	 NULL,
	 "A None carries no error for the caller. Say which one it is: "
	 ".ok_or(ENOENT)? makes a Result of the Option first."},
	{DIAG_RUSTC, "operator can only be used in a function that returns",
	 NULL,
	 "? returns the error to the caller, so the function must return a "
	 "Result. Without a value that is -> Result, and the body ends in "
	 "Ok(()); do not swap the ? for unwrap(), which panics."},
	{DIAG_RUSTC, "pin_init::Init<", "PinInit",
	 "This is the initialiser of something that must never move, a lock "
	 "for instance, and the field that takes it is not marked as such. "
	 "Put #[pin] before that field, in a struct with #[pin_data]."},
	{DIAG_RUSTC, "no associated item named `__pin_data`", NULL,
	 "pin_init! works on structs that have #[pin_data] before them, with "
	 "#[pin] before each field that must not move. Errors about the "
	 "value's fields below come from here."},
	{DIAG_RUSTC, "mismatched types", "found opaque type `impl pin_init",
	 "new_mutex!() and its like give an initialiser, not a value. Within "
	 "pin_init! write field <- initialiser; field: value is for what is "
	 "there already."},
	{DIAG_RUSTC, "`?` operator has incompatible types", "impl PinInit",
	 "new_mutex!() and its like give an initialiser, not a value. "
	 "KBox::new() moves a value into the box, and a lock must not be "
	 "moved: KBox::pin_init(initialiser, GFP_KERNEL)? builds it in place, "
	 "and gives a Pin<KBox<…>>."},
	{DIAG_RUSTC, "missing field", "pin_init!",
	 "pin_init! must be told of every field, as a struct's own expression "
	 "must: field: value for what is there already, field <- initialiser "
	 "for what is built in place."},
	{DIAG_RUSTC, "cannot be sent between threads safely", "kernel::Module",
	 "A module's struct is made by one task and dropped by another, so "
	 "all in it must be Send; a raw pointer is not, for nobody knows what "
	 "it leads to. Put it in a type of its own, and promise it there: "
	 "unsafe impl Send, with a SAFETY comment that says why it holds."},
	{DIAG_RUSTC, "cannot be shared between threads safely", NULL,
	 "What several tasks can reach at once must be Sync. The note about "
	 "std is not for the kernel: take kernel::sync::Mutex or SpinLock "
	 "(global_lock! for a static), or an atomic. For a raw pointer that "
	 "you guard yourself, unsafe impl Sync on a type of its own, with a "
	 "SAFETY comment."},
	{DIAG_RUSTC, "shared reference to mutable static", NULL,
	 "Any task may change a static mut at any time, and a & promises that "
	 "nobody does, so the two do not go together. Use an atomic, or "
	 "kernel::sync::global_lock! for a static under a lock."},
	{DIAG_RUSTC, "kernel::error::Error: kernel::fmt::Display", NULL,
	 "An Error can be shown for debugging only: write {:?}, which prints "
	 "its name, EINVAL."},
	{DIAG_RUSTC, "mismatched types", "expected `bool`, found `u",
	 no_condition},
	{DIAG_RUSTC, "mismatched types", "expected `bool`, found `i",
	 no_condition},
	{DIAG_RUSTC, "mismatched types", "are actually distinct types",
	 "Rust tells types apart by where they are defined, not by what they "
	 "are called or made of. Of two that bindgen made of one C struct, use "
	 "that of kernel::bindings everywhere, and block the other."},
	{DIAG_RUSTC, "mismatched types", "bindings_generated.rs",
	 "The declaration comes from C: int is i32, unsigned int u32, long "
	 "isize, size_t usize. The help's .unwrap() would panic in the "
	 "kernel, and `as` cuts silently: use try_into()? where the value "
	 "comes from elsewhere."},
	{DIAG_RUSTC, "is unsafe and requires unsafe block", NULL,
	 "The function asks its caller for something that the compiler cannot "
	 "check. Find out what (for a C function: what may its pointers be, "
	 "may it sleep, which locks must be held), call it in unsafe { }, and "
	 "write above it, after // SAFETY:, why that holds."},
	{DIAG_RUSTC, "unsafe block missing a safety comment", NULL,
	 "Say in a comment right above the block, // SAFETY: …, why what the "
	 "function asks for holds here. That is the part of the program that "
	 "only people can check."},
	{DIAG_RUSTC, "`core::result::Result` that must be used", NULL,
	 "It may have failed, and nobody would know; in the kernel an "
	 "allocation does fail at times. Hand the error on with ?, or say "
	 "that it does not matter with let _ =, and why in a comment."},
};

const struct advices advices_rust = ADVICES(advices);
