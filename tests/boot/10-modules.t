#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# Modules in C that go wrong in every way we know: each gets its verdict, in
# time, and leaves nothing behind.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $k = KilnTest->new;

# What a case is checked as, unless it says otherwise.
my $lesson = '01-c-module';

sub bad {
	my ($name, $verdict, %o) = @_;
	my $as = $o{as} || $lesson;
	my $text = KilnTest::case_text("$name.c");
	my $dir = $k->learner(lesson => $as, files => { 'bad.c' => $text });
	(my $slug = $as) =~ s/^\d+-//;

	$k->expect($name, $slug, $dir, verdict => $verdict,
		exit => $verdict eq 'pass' ? 0 : 1,
		place => KilnTest::marked('bad.c', $text, 'HERE'), %o);
}

$k->expect('a module that behaves', 'c-module', $k->learner,
	verdict => 'pass', exit => 0, findings => []);

# It never gets as far as a guest.
bad('compile-error', 'build-failed');
bad('link-error', 'build-failed');
bad('huge-object', 'build-failed');

bad('silence', 'crash', findings => ['held-lock']);

# It does not come to an end.
my %late = (findings => [], max_ms => 20000, say => 1);

bad('loop', 'timeout', %late);
bad('loop-irqs-off', 'timeout', %late);
bad('loop-relax', 'timeout', %late);
bad('sleep-hour', 'timeout', %late);
bad('exit-loop', 'timeout', %late);
bad('halt', 'timeout', %late);
# With interrupts off nothing is printed before it is ended.
bad('flood-atomic', 'timeout', %late, max_ms => 40000);

# The log ends early.
bad('flood', 'incomplete', %late);
bad('long-line', 'incomplete', %late);
bad('restart', 'incomplete', findings => []);
bad('power-off', 'incomplete', findings => []);

# It runs, and does not do what it should.
bad('init-fails', 'fail', findings => []);
bad('no-exit', 'fail', findings => []);
bad('holds-itself', 'fail', findings => []);

# Strange, and allowed.
bad('garbage', 'pass', findings => []);

done_testing;
