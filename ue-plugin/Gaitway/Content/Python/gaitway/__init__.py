"""Gaitway's end in the Unreal editor: calls over Remote Control, jobs in slices per tick."""

VERSION = "0.1.0"

# Version of the calls, told in `hello`.
# 1  first release
PROTOCOL = 1
