#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# Modules that bring down or hold up the tests that are run on them;
# and modules in Rust.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $k = KilnTest->new;

sub bad {
	my ($as, $case, $verdict, %o) = @_;
	my $file = $case =~ /\.rs$/ ? 'bad_rs.rs' : 'bad.c';
	my $text = KilnTest::case_text($case);
	my $dir = $k->learner(lesson => $as, files => { $file => $text });
	(my $slug = $as) =~ s/^\d+-//;
	(my $what = $case) =~ s/\.\w+$//;

	$k->expect($what, $slug, $dir, verdict => $verdict,
		exit => $verdict eq 'pass' ? 0 : 1, limit => 120,
		place => KilnTest::marked($file, $text, 'HERE'), %o);
}

sub good {
	my ($as) = @_;
	(my $slug = $as) =~ s/^\d+-//;

	$k->expect("$slug, solved", $slug, $k->learner(lesson => $as),
		verdict => 'pass', exit => 0, findings => [], limit => 120);
}

# KUnit's results. Those that only look like it: 65-cheats.t.
good('03-suite');
bad('03-suite', 'suite-wrong.c', 'fail', findings => []);
bad('03-suite', 'crash-in-test.c', 'crash', findings => ['kasan']);

# A test program in user space.
good('04-program');
bad('04-program', 'program-loop.c', 'timeout', max_ms => 20000, say => 1);
bad('04-program', 'program-sleep.c', 'timeout', max_ms => 20000, say => 1);
bad('04-program', 'program-print-on.c', 'timeout', max_ms => 20000,
	say => 1);
bad('04-program', 'program-print.c', 'fail', max_ms => 20000, say => 1);
bad('04-program', 'program-crash.c', 'fail');
bad('04-program', 'program-abort.c', 'fail');
bad('04-program', 'program-exit.c', 'fail');
# What it leaves running in the guest is not waited for.
bad('04-program', 'program-daemon.c', 'pass');
bad('04-program', 'program-fork.c', 'pass', max_ms => 20000, say => 1);

# Rust.
good('05-rust-module');
bad('05-rust-module', 'rust-error.rs', 'build-failed');
bad('05-rust-module', 'rust-endless-file.rs', 'build-failed');
bad('05-rust-module', 'rust-loop.rs', 'timeout', max_ms => 20000,
	say => 1);

done_testing;
