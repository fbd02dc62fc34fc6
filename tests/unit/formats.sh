#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Verdicts put together, in every format, read by what others read them with.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
build=${BUILD:-build}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

"$build/tests/unit/test_formats" "$dir" || exit 1
perl -Itests/formats tests/formats/judge "$dir"
