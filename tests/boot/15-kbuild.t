#!/usr/bin/perl
# What is remembered of other builds changes no byte of a module.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(basename);
use File::Copy qw(copy);
use File::Temp qw(tempdir);
use Test::More;

my $root = abs_path("$0/../../..") // abs_path('.');
$ENV{KILN_DATA} = $root;

sub built
{
	my ($lesson, @how) = @_;
	my $dir = tempdir(CLEANUP => 1);

	copy($_, $dir) for grep { -f } glob "$root/lessons/$lesson/solution/*";
	system("$root/build/tests/boot/kbuild", $dir, @how) == 0
		or return diag("it does not build");
	return $dir;
}

sub content
{
	open my $in, '<:raw', $_[0] or return "no $_[0]: $!";
	local $/;
	return scalar <$in>;
}

# One file of C and one of Rust; both in one module; Rust with ioctl.
for my $lesson (qw(0-first-contact/01-two-hellos
		1-the-boundary/02-rust-calls-c 4-drivers/01-misc-device)) {
	my ($quick, $plain) = (built($lesson), built($lesson, 'plain'));
	my @ko = map { basename($_) } glob "$plain/*.ko";

	ok(@ko, "$lesson: there are modules");
	ok(content("$quick/$_") eq content("$plain/$_"),
		"$lesson: $_ is byte for byte the same") for @ko;
}

done_testing;
