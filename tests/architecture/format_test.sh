#!/usr/bin/env bash
# format_test.sh ROOT: each C++ file is as clang-format writes it. Versions differ in what they write: 14 is what counts.
set -euo pipefail
cd "$1"
version=$(clang-format --version 2>/dev/null) || { echo "SKIPPED: 'clang-format' is not installed: run scripts/setup"; exit 77; }
[[ $version =~ version\ 14\. ]] || { echo "SKIPPED: clang-format is not of version 14: $version"; exit 77; }
find app core ui tests -name '*.cpp' -print0 -o -name '*.h' -print0 | xargs -0 clang-format --dry-run -Werror
