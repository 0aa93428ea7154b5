#!/bin/sh
# Every source as .clang-format wants it: lint/format.sh CLANG_FORMAT
find cli core store tests -name '*.?pp' -print0 | xargs -0 "$1" --dry-run --Werror
