#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# Where C and Rust disagree: said before a guest is booted, with both places.
# And what only looks like it passes.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $k = KilnTest->new;
my $solution = "$KilnTest::boot/lessons/1-bad/70-abi/solution";

# A learner's folder: the solution with each pattern replaced, by file.
sub changed {
	my (%changes) = @_;
	my %files;

	for my $file (keys %changes) {
		my $text = KilnTest::read_file("$solution/$file");
		my @pairs = @{ $changes{$file} };

		while (my ($from, $to) = splice(@pairs, 0, 2)) {
			$text =~ s/$from/$to/ or die "$file: no $from";
		}
		$files{$file} = $text;
	}
	return $k->learner(lesson => '70-abi', files => \%files);
}

sub rust { return changed('ring_rs.rs' => [@_]) }

# All that is said, for people.
sub refused {
	my ($what, $dir, @says) = @_;

	subtest $what => sub {
		my $r = $k->run(['check', 'abi', '--dir', $dir]);

		is($r->{exit}, 1, 'exit code');
		like($r->{out}, qr/Not yet \(abi-failed\)/, 'verdict');
		unlike($r->{out}, qr/^  boot/m, 'no guest is booted');
		like($r->{out}, ref $_ ? $_ : qr/\Q$_\E/, 'it says')
			for @says;
		$k->is_clean or diag($r->{out});
		diag($r->{out}) if !Test::More->builder->is_passing;
	};
}

sub passes {
	my ($what, $dir) = @_;

	$k->expect($what, 'abi', $dir, verdict => 'pass', exit => 0,
		findings => []);
}

# ---- what agrees ----

passes('solved', rust());
# Other words for the same thing, and a mistake where nobody can look.
passes('the same in other words', rust(
	qr/use core::ptr::null;/ => 'use core::ptr::{null, NonNull};',
	qr/flags: u8,\n    head/ => "fl: u8,\n    head",
	qr/fl\w*: 0,/ => 'fl: 0,',
	qr/extern "C" \{/ => 'unsafe extern "C" {',
	qr/fn ring_push\(r: \*mut Ring/ =>
		'#[link_name = "ring_push"] fn push(r: &mut Ring',
	qr/fn ring_tell\(r: \*mut Ring\)/ =>
		"// fn ring_tell(r: i64)\n"
		. '#[cfg(CONFIG_RUST)] fn ring_tell(r: Option<NonNull<Ring>>)',
	qr/\bring_push\(&mut ring, 1\)/ => 'push(&mut ring, 1)',
	qr/\bring_push\(&mut ring, 2\)/ => 'push(&mut ring, 2)',
	qr/ring_tell\(&mut ring\)/ => 'ring_tell(NonNull::new(&mut ring))',
	qr/\z/ => "\nmacro_rules! m { (\$n:ident) => "
		. "{ extern \"C\" { fn \$n(r: u8) -> u64; } } }\n"
		. "mod inner { m!(ring_tell); }\n"));
# Where the copy with the probes does not compile, nothing is said.
passes('a crate that counts its own bytes', rust(
	qr/value: c_int\) -> c_int;/ => 'value: c_int) -> i64;',
	qr/\z/ => "\nconst _: () = assert!("
		. "include_bytes!(\"ring_rs.rs\").len() < 2450);\n"));

# Bindings of a header that the crate itself implements; nobody calls by them.
passes('its own function by other types', rust(
	qr/\z/ => "\nmod bindings { extern \"C\" "
		. "{ fn ring_zero(n: u64) -> u64; } }\n"));

# ---- Rust calls C ----

refused('a struct without #[repr(C)]', rust(qr/#\[repr\(C\)\]\n/ => ''),
	'ring_rs.rs:21: error: struct ring: field `flags` is at offset 0 in '
	. 'ring.h:12, 32 in ring_rs.rs:21: #[repr(C)] is missing',
	qr/    16  ops              \*const RingOps/);
refused('a field that is wider', rust(qr/    flags: u8,\n/ =>
		"    flags: u16,\n"),
	qr/field `flags` is u8 in ring\.h:12, u16 in ring_rs\.rs:\d+: write u8/,
	qr/field is wider: it takes in bytes/);
refused('a field that is missing', rust(qr/    tail: u32,\n/ => '',
		qr/ - \(\*r\).tail/ => '', qr/ +tail: 0,\n/ => ''),
	qr/struct ring: field `tail` in ring\.h:14 is missing in ring_rs\.rs/);
refused('fields in another order', rust(
		qr/    (head: u32,)\n    (tail: u32,)/ =>
		"    tail: u32,\n    head: u32,"),
	qr/field `head` is at offset 4 in ring\.h:13, 8 in ring_rs\.rs:24: /,
	qr/the fields stand in another order/);
refused('a field too many', rust(qr/    tail: u32,\n/ =>
		"    more: u32,\n    tail: u32,\n",
		qr/tail: 0,/ => 'tail: 0, more: 0,'),
	qr/field `more` in ring_rs\.rs:24 is not in ring\.h:11/);
refused('a parameter too few', rust(qr/, value: c_int\) -> c_int;/ =>
		') -> c_int;', qr/&mut ring, 1/ => '&mut ring',
		qr/&mut ring, 2/ => '&mut ring'),
	qr/ring_push: it takes 2 parameters in ring\.c:8, 1 in ring_rs\.rs:38/,
	qr/int ring_push\(struct ring \*, int\)/);
refused('i64 for int', rust(qr/value: c_int\) -> c_int;/ =>
		'value: c_int) -> i64;'),
	'ring_push: ring.c:8 returns int; ring_rs.rs:38 declares i64: write '
	. 'c_int', qr/the upper part of the register/);
refused('parameters that change places', rust(
		qr/push\(r: \*mut Ring, value: c_int/ =>
		'push(value: c_int, r: *mut Ring',
		qr/&mut ring, 1/ => '1, &mut ring',
		qr/&mut ring, 2/ => '2, &mut ring'),
	qr/ring_push: parameters 1 and 2 change places/);
refused('a callback that returns something else', rust(
		qr/c_uint\) -> c_int>/ => 'c_uint) -> i64>',
		qr/fn seen\(_: \*mut Ring, count: c_uint\) -> c_int/ =>
		'fn seen(_: *mut Ring, count: c_uint) -> i64'),
	qr/struct ring_ops: field `seen` is int \(\*\)\(struct ring \*,/);
refused('a variable of another type', rust(qr/ring_limit: c_int/ =>
		'ring_limit: u64'),
	qr/ring_limit: it is int in ring\.c:6, u64 in ring_rs\.rs:37/);

# ---- C calls Rust ----

refused('a function in Rust that returns i64', rust(
		qr/-> c_uint \{\n/ => "-> i64 {\n",
		qr/\(\*r\)\.head - \(\*r\)\.tail/ =>
		'((*r).head - (*r).tail) as i64'),
	'ring_count: ring.h:32 declares that it returns unsigned int; '
	. 'ring_rs.rs:44 returns i64: write c_uint');
refused('one that takes another number', rust(
		qr/ring_count\(r: \*const Ring\)/ =>
		'ring_count(r: *const Ring, _: u32)'),
	qr/ring_count: it takes 1 parameter in ring\.h:32, 2 in/);
refused('one that is not extern "C"', rust(
		qr/unsafe extern "C" (fn ring_count)/ => 'unsafe fn ring_count'),
	qr/ring_count: ring_rs\.rs:44 is not extern "C"/);
refused('two that the compiler made one', rust(
		qr/ring_nothing\(_: \*mut Ring\) -> c_int/ =>
		'ring_nothing(_: *mut Ring) -> i64',
		qr/ring_zero\(_: \*mut Ring\) -> c_int/ =>
		'ring_zero(_: *mut Ring) -> i64'),
	qr/ring_nothing: ring\.h:33 declares/, qr/ring_zero: ring\.h:34/);
refused('one that stands in a table', rust(
		qr/count: c_uint\) -> c_int \{(?=\n.*C gives)/ =>
		'count: c_uint) -> i64 {',
		qr/slots\[count as usize\]/ =>
		'slots[count as usize] as i64'),
	'ring_first: ring.c:17 declares that it returns int; ring_rs.rs:63 '
	. 'returns i64: write c_int');
refused('C, changed', changed('ring.h' => [qr/u8 kind/ => 'u32 kind']),
	qr/field `kind` is u32 in ring\.h:15, u8 in ring_rs\.rs:25: write u32/);

# ---- for machines ----

my $r = $k->check('abi', rust(qr/value: c_int\) -> c_int;/ =>
		'value: c_int) -> i64;'));
my %tier = map { $_->{name} => $_->{result} } @{ $r->{json}{tiers} };

is($r->{json}{verdict}, 'abi-failed', 'the verdict has its own name');
is($r->{exit}, 1, 'and is the learner\'s');
is($tier{build}, 'pass', 'it did build');
is($tier{abi}, 'fail', 'the stage is told');
is($tier{boot}, 'not-run', 'the next one was not reached');
is($r->{json}{guest}, undef, 'there was no guest');

done_testing;
