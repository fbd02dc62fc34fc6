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

# The kernel says what is wrong.
bad('null-deref', 'crash', findings => ['kasan']);
bad('out-of-bounds', 'crash', findings => ['kasan']);
bad('use-after-free', 'crash', findings => ['kasan']);
bad('double-free', 'crash', findings => ['kasan']);
bad('stack-out-of-bounds', 'crash', findings => ['kasan']);
bad('overflow-stack', 'crash', findings => ['oops']);
bad('shift', 'crash', findings => ['ubsan']);
bad('bug', 'crash', findings => ['bug']);
bad('warn', 'crash', findings => ['warn']);
bad('panic', 'crash', findings => ['panic']);
bad('kill-init', 'crash', findings => ['panic']);
bad('atomic-sleep', 'crash', findings => ['atomic-sleep']);
bad('mutex-held', 'crash', findings => ['held-lock']);
bad('deadlock-mutex', 'crash', findings => ['lockdep'], max_ms => 20000);
bad('deadlock-spinlock', 'crash', findings => ['lockdep'],
	max_ms => 20000);
bad('list', 'crash', findings => ['list-corruption']);
bad('refcount', 'crash', findings => ['refcount']);
bad('silence', 'crash', findings => ['held-lock']);
bad('leak', 'crash', as => '02-leaks', findings => ['leak']);
bad('work-left', 'crash', as => '02-leaks');

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
bad('forged-marker', 'incomplete', findings => []);

# It runs, and does not do what it should.
bad('init-fails', 'fail', findings => []);
bad('no-exit', 'fail', findings => []);
bad('holds-itself', 'fail', findings => []);
bad('forged-top', 'fail', findings => ['forged']);

# Strange, and allowed.
bad('garbage', 'pass', findings => []);

done_testing;
