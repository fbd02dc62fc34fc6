#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# asm and expand on the lessons' own files, held against what the toolroot's
# programs say of a build of our own.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $lessons = "$KilnTest::repo/lessons";
my $k = KilnTest->new(lessons => $lessons);
my %track = (
	'0.1' => ['0-first-contact', '01-two-hellos'],
	'1.2' => ['1-the-boundary', '02-rust-calls-c'],
	'4.1' => ['4-drivers', '01-misc-device'],
);
my %dir;

for my $id (keys %track) {
	$dir{$id} = $k->learner(in => "$lessons/$track{$id}[0]",
		lesson => $track{$id}[1]);
}

sub look {
	my ($id, @args) = @_;

	return $k->run([@args, $id, '--dir', $dir{$id}]);
}

# A build of the files as they are, and what $lines print of it.
sub by_hand {
	my ($id, $vars, $lines) = @_;
	my ($toolroot) = glob("$k->{cache}/toolroot-*");
	my ($linux) = glob("$k->{cache}/linux-*");
	my $stage = "$k->{root}/by-hand-$id";

	system('cp', '-r', $dir{$id}, $stage) == 0 or die;
	open(my $p, '-|', 'bwrap', '--unshare-all', '--die-with-parent',
		'--ro-bind', $toolroot, '/', '--proc', '/proc', '--dev',
		'/dev', '--tmpfs', '/tmp', '--clearenv', '--setenv', 'PATH',
		'/usr/bin:/usr/sbin', '--ro-bind', "$linux/src", '/kiln/src',
		'--ro-bind', "$linux/build", '/kiln/build', '--bind', $stage,
		'/kiln/work', '--chdir', '/kiln/work', 'sh', '-c',
		'make -s -C /kiln/build LLVM=1 ARCH=x86_64 CLIPPY=1 '
			. 'KCFLAGS=-g KRUSTFLAGS=-g M="$PWD" '
			. "$vars modules >&2 && { $lines; }") or die;
	my @out = <$p>;
	close($p);
	system('rm', '-rf', $stage);
	return @out;
}

# "bytes" of each row of the table, in order of size.
sub sizes_shown {
	my ($out) = @_;
	my @sizes;

	for my $line (split /\n/, $out) {
		push @sizes, $1
			if $line =~ /^ {4}\S.*?\s(?:\S+:\d+|-)\s+(\d+)\s+\d+\s+\d+$/;
	}
	return [sort { $a <=> $b } @sizes];
}

# The functions of a symbol table, each place once.
sub sizes_made {
	my (@symbols) = @_;
	my ($file, %at) = ('');

	for (@symbols) {
		$file = $1 if /^File: (.*)/;
		next unless /^\s*\d+: ([0-9a-f]+)\s+(\d+) FUNC\s.*\s(\d+) (\S+)$/;
		next if $2 == 0 || $4 =~ /^(__pfx_|__cfi_|asan\.)/;
		$at{"$file $3 $1"} = $2;
	}
	return [sort { $a <=> $b } values %at];
}

my $plain = 'KASAN_SANITIZE=n UBSAN_SANITIZE=n';
my $table = 'llvm-readelf -sW $(sort -u *.mod); llvm-size $(sort -u *.mod)';

for my $id (sort keys %dir) {
	my $r = look($id, 'asm');
	my @made = by_hand($id, $plain, $table);

	is($r->{exit}, 0, "$id: asm") or diag("$r->{out}$r->{err}");
	is_deeply(sizes_shown($r->{out}), sizes_made(@made),
		"$id: functions and sizes are those of the symbol table")
		or diag($r->{out}, @made);
	# text is code and constants, data and bss are data.
	for my $line (grep { /^\s*\d+\s+\d+\s+\d+\s+\d+\s/ } @made) {
		my ($text, $data, $bss, $name) =
			$line =~ /^\s*(\d+)\s+(\d+)\s+(\d+)\s.*?([\w.]+)$/;
		my ($code, $const, $var) = $r->{out} =~
			/^ {4}\Q$name\E +(\d+) +(\d+) +(\d+)$/m;

		is(($code // 0) + ($const // 0), $text, "$id: text of $name");
		is($var, $data + $bss, "$id: data of $name");
	}
}

# ---- one function ----

{
	my $r = look('0.1', 'asm', 'hello_init');

	is($r->{exit}, 0, 'hello_init');
	like($r->{out}, qr/callq +_printk$/m, 'a call has the name');
	like($r->{out}, qr/"\\0016hello: loaded/, 'a string is quoted');
	like($r->{out}, qr/\bnumber\(%rip\)/, 'a variable has its name');
	like($r->{out}, qr/^ +C, hello\.c:18$/m, 'where it is declared');
	like($r->{out}, qr/^ +hello_rs::Hello::init$/m, 'and Rust beside it');
	like($r->{out}, qr/callq +kernel::print::call_printk$/m,
		'names of Rust are paths');
	unlike($r->{out}, qr/asan/, 'without sanitizers');
	for my $part (split /\n\n(?=  \S)/, $r->{out}) {
		next unless $part =~ /(\d+) instructions/;
		my $said = $1;
		my @lines = $part =~ /^ +[0-9a-f]+  \S/mg;

		is(scalar(@lines), $said, 'as many instructions as it says');
	}

	my $s = look('0.1', 'asm', 'hello_init', 'Hello::init', '--strict');
	is($s->{exit}, 0, 'two by name, as the guest runs them');
	like($s->{out}, qr/__asan_/, 'with sanitizers');
	my ($less) = $r->{out} =~ /Rust, .*\n +(\d+) bytes/;
	my ($more) = $s->{out} =~ /Rust, .*\n +(\d+) bytes/;
	cmp_ok($more, '>', $less, 'which makes it longer');
}

{
	my $r = look('1.2', 'asm', 'store_read', '--source');

	like($r->{out}, qr/^ +store_rs_read$/m, 'rust_ or rs in its name');
	like($r->{out}, qr/^ +export\.c:9  return store_rs_read\(/m,
		'the line of C');
	like($r->{out}, qr/^ +wrap\.rs:\d+  .*legacy_read\(/m,
		'a line that was inlined');
	$r = look('1.2', 'asm', 'wrap::read');
	like($r->{out}, qr/^store_rs::wrap::read \(wrap\.rs:\d+\) has no code/,
		'what was inlined is not there');
	like($r->{out}, qr/store_rs_read/, 'but where it went to is told');
	$r = look('1.2', 'asm', 'legacy_raed');
	is($r->{exit}, 2, 'an unknown function');
	like($r->{err}, qr/did you mean 'legacy_read'/, 'and its neighbour');
}

# ---- macros ----

{
	my $r = look('0.1', 'expand');

	is($r->{exit}, 0, 'expand') or diag("$r->{out}$r->{err}");
	like($r->{out}, qr/fn init_module\(\)/, 'module! made init_module');
	like($r->{out}, qr/call_printk\(/, 'pr_info! made a call');
	unlike($r->{out}, qr/^(module|\s+pr_info)!/m, 'no macro is left');
	unlike($r->{out}, qr/extern crate core/, 'nor what rustc adds');

	$r = look('0.1', 'expand', '--macro', 'module!');
	like($r->{out}, qr/fn init_module\(\)/, 'only module!');
	unlike($r->{out}, qr/call_printk/, 'and nothing else');
	$r = look('0.1', 'expand', '--item', 'drop');
	like($r->{out}, qr{^// in impl Drop for Hello\nfn drop\(}m,
		'one function');

	$r = look('0.1', 'expand', 'hello.c');
	like($r->{out}, qr/^#include <linux\/module\.h>$/m,
		'headers stay as they are');
	like($r->{out}, qr/_printk\("/, 'C: pr_info is a call');
	like($r->{out}, qr/int init_module\(void\)/, 'C: so is module_init');
	unlike($r->{out}, qr/pr_info|module_init\(hello/, 'C: none is left');
	cmp_ok(($r->{out} =~ tr/\n//), '<', 200, 'C: no header is in it');

	$r = look('1.2', 'expand');
	like($r->{out}, qr/a module of\W+store_rs\.rs/, 'a module of a crate');
	like($r->{out}, qr/^pub\(crate\) fn read\(/m, 'that alone is shown');
	unlike($r->{out}, qr/init_module/, 'not its parent');
	$r = look('4.1', 'expand', '--macro', 'vtable');
	like($r->{out}, qr/^impl MiscDevice for Machine \{.*HAS_READ_ITER/ms,
		'vtable adds constants');
	unlike($r->{out}, qr/^const _/m, "pin_data's are not among them");
	$r = look('4.1', 'expand', '--macro', 'nosuch');
	is($r->{exit}, 2, 'a macro that is not used');
}

# ---- work that is not finished ----

{
	my $text = KilnTest::read_file("$dir{'4.1'}/lesson0.rs");
	my %bad;

	($bad{type} = $text) =~ s/arg: UserSlice\) -> Result \{/arg: NoType) -> Result {/;
	($bad{bracket} = $text) =~ s/fn set\(&self, arg: UserSlice\)/fn set(&self, arg: UserSlice/;
	KilnTest::write_file("$dir{'4.1'}/lesson0.rs", $bad{type});
	my $r = look('4.1', 'expand');
	is($r->{exit}, 0, 'unknown types can be expanded');
	like($r->{out}, qr/does not compile yet: 1 error/, 'which is said');
	$r = look('4.1', 'asm');
	is($r->{exit}, 1, 'but there is no code');
	like($r->{out}, qr/lesson0\.rs:\d+:\d+: error\[E0412\]/, 'and why');

	KilnTest::write_file("$dir{'4.1'}/lesson0.rs", $bad{bracket});
	$r = look('4.1', 'expand');
	is($r->{exit}, 1, 'an open bracket cannot');
	like($r->{out}, qr/lesson0\.rs:\d+:\d+: error/, 'and the line is told');

	unlink("$dir{'4.1'}/lesson0.rs");
	$r = look('4.1', 'asm');
	is($r->{exit}, 1, 'a file that is missing');
	like($r->{out}, qr/lesson0\.rs/, 'is named');
}

# ---- interrupted ----

{
	my $run;

	# On a busy machine it may be done before we have seen it.
	for (1 .. 5) {
		$run = $k->start(['asm', '0.1', '--dir', $dir{'0.1'}]);
		KilnTest::await(20, sub {
			KilnTest::descendant($run->{pid}, qr/\bmake\b/)
				|| KilnTest::ended($run);
		});
		kill('INT', $run->{pid});
		KilnTest::finish($run);
		last if $run->{exit} != 0;
	}
	is($run->{exit}, 130, 'Ctrl-C ends it') or diag($run->{out});
}
$k->is_clean('nothing is left');

done_testing();
