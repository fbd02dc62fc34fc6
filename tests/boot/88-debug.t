#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# `kiln debug` with commands from a file or a pipe: gdb stops in the init
# function of the learner's module, in Rust and in C, before its first line,
# and knows lines, values, and the kernel's own lists.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $repo = $KilnTest::repo;
my $hellos = KilnTest->new(lessons => "$repo/lessons");
my $k = KilnTest->new;

# Commands for gdb on that lesson's solution.
sub debug {
	my ($kiln, $slug, $dir, $commands, @args) = @_;
	my $r = $kiln->run(['debug', $slug, '--dir', $dir, @args],
		input => $commands, limit => 240);

	$r->{all} = $r->{out} . $r->{err};
	return $r;
}

# The line of the file that has that text.
sub line_of {
	my ($path, $text) = @_;
	my @lines = split /\n/, KilnTest::read_file($path);

	return (grep { index($lines[$_ - 1], $text) >= 0 } 1 .. @lines)[0];
}

my $hello = $hellos->learner(in => "$repo/lessons/0-first-contact",
	lesson => '01-two-hellos');

subtest 'Rust' => sub {
	my $first = line_of("$hello/hello_rs.rs", 'number.value()');
	my $drop = line_of("$hello/hello_rs.rs", 'unloaded, the answer');
	my $r = debug($hellos, 'two-hellos', $hello, <<"END");
bt
n
n
p number
lx-lsmod
lx-ps
p \$lx_current().pid
lx-dmesg
echo ---\\n
break hello_rs.rs:$drop
continue
bt 1
log
END
	my ($before, $after) = split /^---$/m, $r->{out};

	is($r->{exit}, 0, 'the exit code') || diag($r->{all});
	like($r->{out}, qr/^Breakpoint 1.*, hello_rs::\S+::init /m,
		'it stops in init');
	like($r->{out}, qr/^$first\t.*number\.value\(\)/m,
		'at its first line, which is shown');
	like($r->{out}, qr/^#0 .*init .* at hello_rs\.rs:$first$/m,
		'bt has the file and the line');
	like($r->{out}, qr/^#\d+ .* do_init_module \(\) at main\.c:\d+$/m,
		'and those of the kernel');
	like($r->{out}, qr/^\$1 = 42$/m, 'a variable has its value');
	like($r->{out}, qr/^0xf\S+ hello_rs +\d+ +1$/m,
		'lx-lsmod has the module');
	like($r->{out}, qr/^0xf\S+ hello +\d+ +0$/m, 'and the one before it');
	like($r->{out}, qr/^0xf\S+ +2 +kthreadd$/m, 'lx-ps has the tasks');
	like($r->{out}, qr/^\$2 = \d+$/m, 'and the current one is known');
	like($before, qr/^\[ *0\.0+\] Linux version 7/m,
		'lx-dmesg has the log');
	unlike($before, qr/hello_rs: loaded/, 'in which init has said nothing');
	like($after, qr/^#0 .* at hello_rs\.rs:$drop$/m,
		'the plan goes on to the next breakpoint');
	like($after, qr/^\[.*\] hello_rs: loaded, the answer is 42/m,
		'and the log is shorter, and has more');
	$hellos->is_clean;
};

subtest 'C' => sub {
	my $init = line_of("$hello/hello.c", 'answer = number');
	my $second = line_of("$hello/hello_rs.rs", 'pr_info!("loaded');
	my $r = debug($hellos, 'two-hellos', $hello,
		"bt 1\np answer\nn\np answer\ncontinue\nbt 1\n",
		'--break', "hello_init,hello_rs.rs:$second");

	like($r->{out}, qr/^Breakpoint 1, hello_init \(\) at hello\.c:$init$/m,
		'--break FUNCTION') || diag($r->{all});
	like($r->{out}, qr/^\$1 = 0$/m, 'a variable before');
	like($r->{out}, qr/^\$2 = 42$/m, 'and after');
	like($r->{out}, qr/^#0 .*init .* at hello_rs\.rs:$second$/m,
		'and --break FILE:LINE, in a module that came later');
	$hellos->is_clean;
};

subtest 'no init' => sub {
	my $dir = $k->learner(lesson => '08-own-suite', files => {
		'bad.c' => <<'END' });
#include <kunit/test.h>

static void adds(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, 2, 1 + 1);
}

static struct kunit_case cases[] = { KUNIT_CASE(adds), {} };
static struct kunit_suite suite = { .name = "bad", .test_cases = cases };

kunit_test_suite(suite);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A suite and nothing else");
END
	my $r = debug($k, 'own-suite', $dir, "bt 1\n");

	like($r->{out}, qr/bad\.ko has no init function/, 'is said')
		|| diag($r->{all});
	like($r->{out}, qr/^#0 +adds \(.*\) at bad\.c:5$/m,
		'and it stops at the first test');
};

subtest 'a panic' => sub {
	my $text = KilnTest::case_text('panic.c');
	my $r = debug($k, 'c-module', $k->learner(
		files => { 'bad.c' => $text }), "continue\nbt\n");

	like($r->{out}, qr/^The kernel panics/m, 'it stops there')
		|| diag($r->{all});
	like($r->{out}, qr/ in bad_init \(\) at bad\.c:\d+$/m,
		'and bt has the learner\'s line');
	like($r->{out}, qr/^  panic: .*enough/m, 'which is told at the end');
	$k->is_clean;
};

subtest 'what cannot be' => sub {
	my $r = debug($k, 'c-module', $k->learner(
		files => { 'bad.c' => "int bad(void\n" }), "bt\n");

	is($r->{exit}, 1, 'work that does not build');
	like($r->{out}, qr/bad\.c:\d+/, 'is told of');
	$r = debug($k, 'c-module', $k->learner, '', '--batch', '/no/such');
	is($r->{exit}, 2, 'a file that is not there');
	$k->is_clean;
};

$k->expect('a check afterwards', 'c-module', $k->learner,
	verdict => 'pass', exit => 0, guest => 'warm', findings => []);

done_testing;
