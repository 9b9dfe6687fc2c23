#!/usr/bin/env bash
# git, plumbing: a tree entry with a mode that is neither a file's, a link's nor a folder's.
#
# Version: git 2.39.5 (Debian 12). Needs git alone; nothing is installed.
#
# Expected: "ls-tree" shows the mode that stands in the tree, or refuses the tree.
#
# Observed: "ls-tree -r" lists an entry of mode 010644 as "160000 commit", a submodule, although its name is that of a
# blob which "cat-file" reads; exit code 0. "git archive" makes an empty folder of it without a word. A reader that takes files
# by their mode loses it silently; one that looks submodules up looks for a commit that is a blob. Mode 100664, which
# old versions of git wrote, is shown as 100644.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export HOME=$folder GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null LC_ALL=C
git --version
git init -q "$folder/r"
cd "$folder/r"
blob=$(echo text | git hash-object -w --stdin)
octets=$(printf '%s' "$blob" | sed 's/../\\x&/g')
entry() { printf "$1 $2\\0$octets"; }
tree=$({ entry 10644 a; entry 100664 b; } | git hash-object -t tree -w --literally --stdin)
git ls-tree -r "$tree"
listed=$(git ls-tree -r "$tree")
expected=$(printf '160000 commit %s\ta\n100644 blob %s\tb' "$blob" "$blob")
[ "$listed" = "$expected" ] || { echo "behaviour changed"; exit 1; }
echo "what the commit is: $(git cat-file -t "$blob")"
archived=$(git archive "$tree" | tar -t | tr '\n' ' ')
echo "archived: $archived"
[ "$archived" = "a/ b " ] || { echo "behaviour changed"; exit 1; }
