#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# A guest that was booted from nothing comes to the same verdict as one that
# was resumed, word for word, for every way in which a run can end.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $k = KilnTest->new;
my %of = (
	pass => [],
	fail => ['init-fails'],
	crash => ['kasan-use-after-free'],
	timeout => ['loop-relax'],
	incomplete => ['restart'],
	leaks => ['leak-slab', '02-leaks'],
);

# The verdict, without what may differ: times, the guest, where the log is.
sub verdict {
	my ($r) = @_;
	my %v = %{ $r->{json} };

	delete @v{qw(guest log)};
	delete $_->{ms} for @{ $v{tiers} };
	return \%v;
}

sub start {
	my ($what, @more) = @_;
	my ($case, $lesson) = @{ $of{$what} };
	my %o = (lesson => $lesson || '01-c-module');

	$o{files} = { 'bad.c' => KilnTest::case_text("$case.c") } if $case;
	(my $slug = $o{lesson}) =~ s/^\d+-//;
	return $k->start_check($slug, $k->learner(%o), limit => 180,
		args => ['--seed', 1, @more]);
}

for my $what (sort keys %of) {
	my ($cold, $warm) = (start($what, '--cold'), start($what));

	KilnTest::finish($_) for $warm, $cold;
	is($warm->{json}{guest}, 'warm', "$what: a warm one");
	is($cold->{json}{guest}, 'cold', "$what: and a cold one");
	is($warm->{json}{verdict}, $what eq 'leaks' ? 'crash' : $what,
		"$what: that is the verdict");
	is($cold->{exit}, $warm->{exit}, "$what: the exit codes agree");
	is_deeply(verdict($cold), verdict($warm), "$what: so does the JSON")
		or diag("$cold->{out}$warm->{out}");
}
$k->is_clean;

done_testing;
